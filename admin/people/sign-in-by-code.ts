import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Whom a code signs in, and until when; `undefined` if it is none (any more). */
export type Redeem = (code: string) => Promise<{ person: string; until: Date } | undefined>;

/** Doors without a password: the code of a day pass, and the sealed one of the principal. */
export function signInByCode(redeem: { dayPass: Redeem; breakGlass: Redeem }) {
  const door = (path: string, redeemed: Redeem) =>
    createAuthEndpoint(
      path,
      { method: 'POST', body: z.object({ code: z.string().min(1).max(200) }) },
      async (ctx) => {
        const found = await redeemed(ctx.body.code);
        const user = found && (await ctx.context.internalAdapter.findUserById(found.person));
        const session =
          user &&
          (await ctx.context.internalAdapter.createSession(user.id, false, { expiresAt: found.until }, true));
        if (!session)
          throw ctx.error('UNAUTHORIZED', { code: 'WRONG_CODE', message: 'This code opens nothing.' });
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ ok: true });
      },
    );
  return {
    id: 'sign-in-by-code',
    endpoints: {
      signInByDayPass: door('/sign-in/day-pass', redeem.dayPass),
      signInByBreakGlass: door('/sign-in/break-glass', redeem.breakGlass),
    },
  } satisfies BetterAuthPlugin;
}
