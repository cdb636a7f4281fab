import { randomInt } from 'node:crypto';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { createLocalAccountIssuer } from 'better-auth/db';
import { Role } from './console-wire.ts';
import { writeAudit } from './store/audit.ts';
import type { Store } from './store/tables.ts';

export type Person = { id: string; name: string; email: string; role: Role; mustChangePassword: boolean };
type Dependencies = { store: Store; cookieSecret: string; consoleUrl: string; now: () => Date };

/** A working day; a forgotten sign-in on a classroom computer ends by itself. */
const SIGNED_IN_SECONDS = 10 * 3_600;

/** Who may sign in, and how: better-auth on our own store, without sign-up. People come from `keystage people add`. */
export function createPeople({ store, cookieSecret, consoleUrl, now }: Dependencies) {
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
    // better-auth counts by client address, which behind a proxy is one for all; `admin/routes/sign-in.ts` counts.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    user: {
      modelName: 'people',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        mustChangePassword: { type: 'boolean', required: true, input: false, defaultValue: true },
      },
    },
    session: { modelName: 'signIns', expiresIn: SIGNED_IN_SECONDS, cookieCache: { enabled: false } },
    account: { modelName: 'passwords' },
    verification: { modelName: 'verifications' },
    disabledPaths: [
      '/update-user',
      '/delete-user',
      '/change-email',
      '/request-password-reset',
      '/reset-password',
    ],
    advanced: { cookiePrefix: 'keystage', ipAddress: { disableIpTracking: true } },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/change-password' && ctx.body?.newPassword === ctx.body?.currentPassword)
          throw ctx.error('BAD_REQUEST', {
            code: 'SAME_PASSWORD',
            message: 'The new password must be a new one.',
          });
      }),
      after: createAuthMiddleware(async (ctx) => {
        const person = ctx.context.session?.user;
        if (ctx.path !== '/change-password' || !person || ctx.context.returned instanceof Error) return;
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
          after: async ({ userId }: { userId: string }) => {
            const person = await store
              .selectFrom('people')
              .select(['id', 'name'])
              .where('id', '=', userId)
              .executeTakeFirst();
            if (person)
              await writeAudit(store, [{ at: now(), person: person.id, by: person.name, act: 'signed-in' }]);
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
  const auth = betterAuth(options);

  return {
    handle: (request: Request): Promise<Response> => auth.handler(request),

    /** Who asks, by the cookie; `undefined` if nobody is signed in. */
    async whoAsks(headers: Headers): Promise<Person | undefined> {
      const found = await auth.api.getSession({ headers });
      if (!found) return undefined;
      const { id, name, email, role, mustChangePassword } = found.user;
      return { id, name, email, role: Role.parse(role), mustChangePassword };
    },

    /** Adds a person with a one-time password, which is shown once and must be changed at the first sign-in. */
    async add(person: { name: string; email: string; role: Role }): Promise<AddedPerson> {
      const email = person.email.toLowerCase();
      const known = await store
        .selectFrom('people')
        .select('id')
        .where('email', '=', email)
        .executeTakeFirst();
      if (known) return { ok: false, code: 'known-email' };
      const context = await auth.$context;
      const oneTimePassword = makeOneTimePassword();
      const password = await context.password.hash(oneTimePassword);
      const user = await context.internalAdapter.createUser(
        { name: person.name, email, emailVerified: true, role: person.role, mustChangePassword: true },
        { method: 'admin' },
      );
      await context.internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        issuer: createLocalAccountIssuer('credential'),
        password,
      });
      await writeAudit(store, [
        { at: now(), person: null, by: 'command line', act: 'added-person', note: person.role },
      ]);
      return { ok: true, oneTimePassword };
    },

    /** Everybody who may sign in, by address. */
    all: () => store.selectFrom('people').select(['email', 'name', 'role']).orderBy('email').execute(),

    /** Removes a person and ends what is signed in; what they did stays in the audit. The last principal stays. */
    async remove(email: string): Promise<RemovedPerson> {
      const person = await byEmail(email);
      if (!person) return { ok: false, code: 'no-person' };
      const principals = await store
        .selectFrom('people')
        .select('id')
        .where('role', '=', 'principal')
        .execute();
      if (person.role === 'principal' && principals.length === 1)
        return { ok: false, code: 'last-principal' };
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUserSessions(person.id);
      await internalAdapter.deleteUser(person.id);
      await writeAudit(store, [
        { at: now(), person: null, by: 'command line', act: 'removed-person', note: person.role },
      ]);
      return { ok: true };
    },

    /** A new one-time password for somebody who forgot theirs; whoever is signed in as them is so no longer. */
    async reset(email: string): Promise<ResetPerson> {
      const person = await byEmail(email);
      if (!person) return { ok: false, code: 'no-person' };
      const { internalAdapter, password } = await auth.$context;
      const oneTimePassword = makeOneTimePassword();
      await internalAdapter.updatePassword(person.id, await password.hash(oneTimePassword));
      await store.updateTable('people').set({ mustChangePassword: 1 }).where('id', '=', person.id).execute();
      await internalAdapter.deleteUserSessions(person.id);
      await writeAudit(store, [
        { at: now(), person: null, by: 'command line', act: 'reset-password', note: person.role },
      ]);
      return { ok: true, oneTimePassword };
    },
  };

  function byEmail(email: string) {
    return store
      .selectFrom('people')
      .select(['id', 'role'])
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
  }
}
export type People = ReturnType<typeof createPeople>;
export type AddedPerson = { ok: true; oneTimePassword: string } | { ok: false; code: 'known-email' };
type RemovedPerson = { ok: true } | { ok: false; code: 'no-person' | 'last-principal' };
type ResetPerson = { ok: true; oneTimePassword: string } | { ok: false; code: 'no-person' };

/** Without letters that look alike: somebody will copy it from a screen by hand. About 79 bits. */
function makeOneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The origin that a browser would send for this very address; TLS may end at a proxy before us. */
export function originOf(request: Request): string {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const origin = request.headers.get('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === host ? new URL(origin).origin : '';
}
