import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/**
 * Where a request comes from. Only a proxy on this computer is believed about whom it speaks for, and of what it
 * passes on only the last, which it wrote itself. Behind a proxy elsewhere everybody has the proxy's address.
 */
export function addressOf(c: Context): string {
  const peer = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
  const isHere = peer === '::1' || peer.replace('::ffff:', '').startsWith('127.');
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return (isHere && forwarded) || peer;
}
