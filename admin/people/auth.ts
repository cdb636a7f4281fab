import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { GoogleProfile } from 'better-auth/social-providers';
import { writeAudit } from '../store/audit.ts';
import { newestDocument } from '../store/documents.ts';
import type { Store } from '../store/tables.ts';
import { readBackupCode } from './codes.ts';
import { type GoogleSettings, isOfSchool } from './google.ts';
import { originOf } from './origin.ts';
import { createSecondFactor } from './second-factor.ts';
import { signInAudit } from './sign-in-audit.ts';
import { type Redeem, signInByCode } from './sign-in-by-code.ts';
import { isWeakPassword } from './weak-password.ts';

/** How passwords are kept. better-auth's own way (scrypt) is meant to be slow. */
export type KeepPasswords = {
  hash: (password: string) => Promise<string>;
  verify: (kept: { hash: string; password: string }) => Promise<boolean>;
};

type Dependencies = {
  store: Store;
  cookieSecret: string;
  consoleUrl: string;
  now: () => Date;
  secondFactor: 'required' | 'off';
  google: GoogleSettings | undefined;
  keepPasswords?: KeepPasswords | undefined;
  redeem: { dayPass: Redeem; breakGlass: Redeem };
};

/** A working day; a forgotten sign-in on a classroom computer ends by itself. */
const SIGNED_IN_SECONDS = 10 * 3_600;

/** What of better-auth can be reached, under `/console/auth`; all else of it is not there. */
export const authPaths = [
  '/sign-in/email',
  '/sign-in/day-pass',
  '/sign-in/break-glass',
  '/sign-in/social',
  '/callback/google',
  '/sign-out',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
] as const;

/** better-auth on our own store, without sign-up: only people that are listed already come in. */
export function createAuth(dependencies: Dependencies) {
  const { store, cookieSecret, consoleUrl, now, google, keepPasswords, redeem } = dependencies;
  const factor = createSecondFactor(dependencies.secondFactor === 'required', 'Keystage');
  const isWeak = async (session: { user: { email: string; name: string } } | null, chosen: unknown) => {
    if (!session || typeof chosen !== 'string') return false;
    const policy = await newestDocument(store, 'policy');
    const schoolName: string | undefined = policy && JSON.parse(policy.body).schoolName;
    return isWeakPassword(chosen, { ...session.user, schoolName });
  };
  const options = {
    database: { db: store, type: 'sqlite', transaction: true },
    baseURL: consoleUrl,
    basePath: '/console/auth',
    secret: cookieSecret,
    // A console opened under another name of this computer is still itself; any other origin is refused.
    trustedOrigins: (request?: Request) =>
      request ? [originOf(request)].filter((origin) => origin !== '') : [],
    telemetry: { enabled: false },
    logger: { disabled: true },
    onAPIError: { errorURL: `${consoleUrl}/` },
    // better-auth counts by client address, which behind a proxy is one for all; `admin/routes/sign-in.ts` counts.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
      ...(keepPasswords && { password: keepPasswords }),
    },
    ...(google && {
      socialProviders: {
        google: {
          clientId: google.clientId,
          clientSecret: google.clientSecret,
          hd: google.domain,
          prompt: 'select_account' as const,
          disableSignUp: true,
          // Without an address better-auth goes no further: neither by e-mail nor by a link made before.
          mapProfileToUser: (profile: GoogleProfile) =>
            isOfSchool(profile, google.domain) ? {} : { email: null },
        },
      },
    }),
    user: {
      modelName: 'people',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        mustChangePassword: { type: 'boolean', required: true, input: false, defaultValue: true },
        kind: { type: 'string', required: true, input: false, defaultValue: 'staff' },
        deactivatedAt: { type: 'string', required: false, input: false },
      },
    },
    session: {
      modelName: 'signIns',
      expiresIn: SIGNED_IN_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: 'passwords', updateAccountOnSignIn: false },
    verification: { modelName: 'verifications' },
    advanced: { cookiePrefix: 'keystage', ipAddress: { disableIpTracking: true } },
    plugins: [factor.plugin, signInByCode(redeem), signInAudit(store, now)],
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/change-password' && ctx.body?.newPassword === ctx.body?.currentPassword)
          throw ctx.error('BAD_REQUEST', {
            code: 'SAME_PASSWORD',
            message: 'The new password must be a new one.',
          });
        if (ctx.path === '/two-factor/enable' && (await getSessionFromCtx(ctx))?.user.twoFactorEnabled)
          throw ctx.error('FORBIDDEN', {
            code: 'SECOND_FACTOR_IS_SET_UP',
            message: 'Another one is set up after the office has reset this one.',
          });
        if (
          ctx.path === '/change-password' &&
          (await isWeak(await getSessionFromCtx(ctx), ctx.body?.newPassword))
        )
          throw ctx.error('BAD_REQUEST', {
            code: 'WEAK_PASSWORD',
            message: 'The new password is one of the first that somebody would try.',
          });
        if (ctx.path === '/two-factor/verify-backup-code' && typeof ctx.body?.code === 'string')
          return { context: { body: { ...ctx.body, code: readBackupCode(ctx.body.code) } } };
        if (ctx.path === '/sign-in/email' || ctx.path === '/callback/:id') await factor.noteTrust(ctx);
      }),
      after: createAuthMiddleware(async (ctx) => {
        const person = ctx.context.session?.user;
        if (ctx.path !== '/change-password' || !person || ctx.context.returned instanceof Error) return;
        // Signed in anew, and still no longer than before: else a password would do without the second factor.
        const { session, newSession } = ctx.context;
        if (session && newSession && newSession.session.token !== session.session.token)
          await ctx.context.internalAdapter.updateSession(newSession.session.token, {
            expiresAt: session.session.expiresAt,
          });
        await store
          .updateTable('people')
          .set({ mustChangePassword: 0 })
          .where('id', '=', person.id)
          .execute();
        await writeAudit(store, [{ at: now(), person: person.id, by: person.name, act: 'changed-password' }]);
      }),
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }: { userId: string }) => {
            const person = await store
              .selectFrom('people')
              .select('deactivatedAt')
              .where('id', '=', userId)
              .executeTakeFirst();
            return person && person.deactivatedAt === null ? undefined : false;
          },
        },
      },
      account: {
        create: {
          // Google's tokens would let us act at Google: we want none. Whoever came by Google needs no one-time
          // password, and one that nobody used must not lie about.
          before: async (account: { providerId: string; userId: string }) => {
            if (account.providerId !== 'google') return;
            await store
              .deleteFrom('passwords')
              .where('userId', '=', account.userId)
              .where('providerId', '=', 'credential')
              .where(({ exists, selectFrom }) =>
                exists(
                  selectFrom('people')
                    .select('id')
                    .where('id', '=', account.userId)
                    .where('mustChangePassword', '=', 1),
                ),
              )
              .execute();
            await store
              .updateTable('people')
              .set({ mustChangePassword: 0 })
              .where('id', '=', account.userId)
              .execute();
            return {
              data: {
                ...account,
                accessToken: null,
                refreshToken: null,
                idToken: null,
                accessTokenExpiresAt: null,
                refreshTokenExpiresAt: null,
                scope: null,
              },
            };
          },
        },
      },
      verification: {
        create: {
          before: async (
            { identifier }: { identifier: string },
            ctx: { request?: Request | undefined } | null,
          ) => factor.capTrust(identifier, ctx?.request),
        },
      },
    },
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}
export type Auth = ReturnType<typeof createAuth>;
