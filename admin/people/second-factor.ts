import type { BetterAuthPlugin } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { makeBackupCodes } from './codes.ts';

/** On a trusted computer the second factor is asked for once a day, counted from when it was shown. */
const TRUST_SECONDS = 24 * 3_600;
const trustCookie = 'trust_device';

type CookieReader = {
  request?: Request | undefined;
  path?: string;
  getSignedCookie: (name: string, secret: string) => Promise<string | null | false | undefined>;
  context: {
    secret: string;
    createAuthCookie: (name: string) => { name: string };
    internalAdapter: {
      findVerificationValue: (identifier: string) => Promise<{ expiresAt: Date } | null>;
    };
  };
};

/**
 * better-auth's second factor (codes of an authenticator app, and backup codes) as we need it: also after Google, not
 * at all where the school has switched it off, and trust that ends a day after the factor was shown. The plugin would
 * begin that day anew with each sign-in, so that a computer in daily use would never be asked again.
 */
export function createSecondFactor(isRequired: boolean, schoolName: string) {
  const plugin = twoFactor({
    issuer: schoolName,
    twoFactorTable: 'secondFactors',
    trustDeviceMaxAge: TRUST_SECONDS,
    // Its own have O and 0, I, l and 1, and are copied by hand.
    backupCodeOptions: { customBackupCodesGenerate: makeBackupCodes },
  });
  const trustEnds = new WeakMap<Request, Date>();
  return {
    plugin: {
      ...plugin,
      hooks: {
        after: plugin.hooks.after.map((hook) => ({
          ...hook,
          matcher: (context: Parameters<typeof hook.matcher>[0]) =>
            isRequired && (hook.matcher(context) || context.path === '/callback/:id'),
        })),
      },
    } satisfies BetterAuthPlugin as typeof plugin,

    /** Before a sign-in: until when this browser is trusted already. */
    async noteTrust(ctx: CookieReader): Promise<void> {
      if (!ctx.request) return;
      const { name } = ctx.context.createAuthCookie(trustCookie);
      const cookie = await ctx.getSignedCookie(name, ctx.context.secret);
      const identifier = cookie ? cookie.split('!')[1] : undefined;
      const record = identifier && (await ctx.context.internalAdapter.findVerificationValue(identifier));
      if (record) trustEnds.set(ctx.request, new Date(record.expiresAt));
    },

    /** When a record of trust is written: one that takes another's place ends with it. */
    capTrust(identifier: string, request: Request | undefined): { data: { expiresAt: Date } } | undefined {
      const endsAt = request && trustEnds.get(request);
      return endsAt && identifier.startsWith('trust-device-') ? { data: { expiresAt: endsAt } } : undefined;
    },
  };
}
