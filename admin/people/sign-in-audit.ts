import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import { createRate } from '../rate.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';

type Way = NonNullable<AuditFacts['way']>;

/** How somebody came in, by better-auth's path. */
const ways: Record<string, Way> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'second-factor',
  '/two-factor/verify-backup-code': 'backup-code',
  '/callback/:id': 'google',
  '/sign-in/day-pass': 'day-pass',
  '/sign-in/break-glass': 'break-glass',
};

/** Guesses at codes and at addresses that nobody has fill no audit: so many are written down, the rest is the log's. */
const strangers = { burst: 20, perSecond: 1 / 60 };

/**
 * Writes down who came in, and who tried to: never an address that somebody typed, for it may be anybody's. Comes
 * after the second factor's plugin, so that half a sign-in is none.
 */
export function signInAudit(store: Store, now: () => Date) {
  const mayWriteStranger = createRate(strangers, now);
  const write = (person: { id: string; name: string } | undefined, act: AuditAct, way?: Way) =>
    writeAudit(store, [
      {
        at: now(),
        person: person?.id ?? null,
        by: person?.name ?? 'somebody unknown',
        act,
        ...(way && { facts: { way } }),
      },
    ]);
  const personBy = (column: 'id' | 'email', value: string) =>
    store.selectFrom('people').select(['id', 'name']).where(column, '=', value).executeTakeFirst();

  async function failed(by: { column: 'id' | 'email'; value: string } | undefined, way: Way): Promise<void> {
    const person = by && (await personBy(by.column, by.value));
    if (!person && mayWriteStranger('') > 0) return;
    await write(person, 'sign-in-failed', way);
  }

  return {
    id: 'sign-in-audit',
    hooks: {
      after: [
        {
          matcher: ({ path }: { path?: string }) => path !== undefined && Object.hasOwn(ways, path),
          handler: createAuthMiddleware(async (ctx) => {
            const way = ways[ctx.path] ?? 'unknown';
            const came = ctx.context.newSession;
            const before = ctx.context.session;
            // The first code of one's own app comes from somebody who is signed in already.
            if (before && ctx.path === '/two-factor/verify-totp') {
              if (!came) return;
              await store
                .deleteFrom('signIns')
                .where('userId', '=', came.user.id)
                .where('token', '!=', came.session.token)
                .execute();
              return write(came.user, 'set-up-second-factor');
            }
            if (came) return write(came.user, 'signed-in', way);
            const { returned } = ctx.context;
            const wentOn =
              typeof returned === 'object' && returned !== null && 'twoFactorRedirect' in returned;
            if (wentOn) return;
            if (ctx.path === '/sign-in/email')
              return failed({ column: 'email', value: String(ctx.body?.email ?? '').toLowerCase() }, way);
            if (!ctx.path.startsWith('/two-factor/')) return failed(undefined, way);
            const { name } = ctx.context.createAuthCookie('two_factor');
            const asked = await ctx.getSignedCookie(name, ctx.context.secret);
            const pending = asked ? await ctx.context.internalAdapter.findVerificationValue(asked) : null;
            return failed(pending ? { column: 'id', value: pending.value } : undefined, way);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
