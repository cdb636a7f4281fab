import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createRate, type Rate } from './rate.ts';
import { addressOf } from './where-from.ts';

const COOKIE = 'keystage.known';
const YEAR_SECONDS = 365 * 86_400;

type Rates = { signIns: Rate; signInsOfAccount: Rate; signInsOfAddress: Rate };

/**
 * Slows guessing without locking anybody out. A browser that has signed in as this person before has tries of its
 * own, which nobody else can use up. Every other counts by e-mail and the address it comes from, and all others of
 * one e-mail together by a wide bound, so that many addresses are no way round; and all e-mails of one address, since
 * each try costs a password check, and the endpoint has lessons to start.
 */
export function createSignInRate(rates: Rates, secret: string, now: () => Date) {
  const takeTry = createRate(rates.signIns, now);
  const takeOfAccount = createRate(rates.signInsOfAccount, now);
  const takeOfAddress = createRate(rates.signInsOfAddress, now);
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const accountOf = (email: string) => hashOf(email.trim().toLowerCase());

  return {
    /** Seconds to wait, or 0. */
    async take(c: Context, email: string): Promise<number> {
      const account = accountOf(email);
      const known = (await getSignedCookie(c, secret, COOKIE)) || '';
      if (known.startsWith(`${account}.`)) return takeTry(known);
      const address = addressOf(c);
      return takeTry(`${account} ${address}`) || takeOfAddress(address) || takeOfAccount(account);
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
