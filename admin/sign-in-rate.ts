import { createHash, randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createRate, type Rate } from './rate.ts';

const COOKIE = 'keystage.known';
const YEAR_SECONDS = 365 * 86_400;

type Rates = { signIns: Rate; signInsOfAccount: Rate };

/**
 * Slows guessing without locking anybody out. A browser that has signed in as this person before has tries of its
 * own, which nobody else can use up. Every other counts by e-mail and the address it comes from, and all others of
 * one e-mail together by a wide bound, so that many addresses are no way round.
 */
export function createSignInRate(rates: Rates, secret: string, now: () => Date) {
  const takeTry = createRate(rates.signIns, now);
  const takeOfAccount = createRate(rates.signInsOfAccount, now);
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const accountOf = (email: string) => hashOf(email.trim().toLowerCase());

  return {
    /** Seconds to wait, or 0. */
    async take(c: Context, email: string): Promise<number> {
      const account = accountOf(email);
      const known = (await getSignedCookie(c, secret, COOKIE)) || '';
      if (known.startsWith(`${account}.`)) return takeTry(known);
      return takeTry(`${account} ${addressOf(c)}`) || takeOfAccount(account);
    },
    /** This browser has signed in as this person. */
    async remember(c: Context, email: string): Promise<void> {
      await setSignedCookie(c, COOKIE, `${accountOf(email)}.${randomUUID()}`, secret, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/console/auth',
        maxAge: YEAR_SECONDS,
      });
    },
  };
}

/**
 * Where a request comes from. Only a proxy on this computer is believed about whom it speaks for, and of what it
 * passes on only the last, which it wrote itself. Behind a proxy elsewhere everybody has the proxy's address.
 */
function addressOf(c: Context): string {
  const peer = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
  const isHere = peer === '::1' || peer.replace('::ffff:', '').startsWith('127.');
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return (isHere && forwarded) || peer;
}
