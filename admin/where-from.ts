import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/**
 * Where a request comes from. Only a proxy on this computer is believed about whom it speaks for, and of what it
 * passes on only the last, which it wrote itself. Behind a proxy elsewhere everybody has the proxy's address.
 */
export const addressOf = (c: Context): string =>
  senderOf(
    (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress,
    c.req.header('x-forwarded-for'),
  );

/** The same of a request that no route of ours sees, because it asks for a socket. */
export const addressOfUpgrade = ({ socket, headers }: IncomingMessage): string =>
  senderOf(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''));

function senderOf(peer = '', forwardedFor = ''): string {
  const isHere = peer === '::1' || peer.replace('::ffff:', '').startsWith('127.');
  const forwarded = forwardedFor.split(',').at(-1)?.trim();
  return (isHere && forwarded) || peer;
}
