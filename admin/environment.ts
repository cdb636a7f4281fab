import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { GoogleSettings } from './people/google.ts';
import { issuesOf } from './plain-issues.ts';

/** `host:port`; port 0 takes a free one. */
const Listen = z.string().transform((text, context) => {
  const read = /^(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/i.exec(text);
  if (!read?.[1] || Number(read[2]) > 65_535) {
    context.addIssue({ code: 'custom', message: `"${text}" is not host:port, such as 127.0.0.1:8787` });
    return z.NEVER;
  }
  return { host: read[1].replace(/^\[|\]$/g, ''), port: Number(read[2]) };
});
export type Listen = z.infer<typeof Listen>;

const HttpUrl = z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' });
const withoutSlash = HttpUrl.transform((url) => url.replace(/\/+$/, ''));
const Addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.email('is not a list of e-mail addresses')));

const Environment = z
  .object({
    KEYSTAGE_DATA: z
      .string()
      .min(1)
      .default('./keystage-data')
      .describe('The folder of everything that is kept'),
    KEYSTAGE_DEVICE_LISTEN: Listen.prefault('127.0.0.1:8787').describe('Where devices ask, as host:port'),
    KEYSTAGE_CONSOLE_LISTEN: Listen.prefault('127.0.0.1:8788').describe(
      'Where people open the console; the same as for devices makes one server for both',
    ),
    KEYSTAGE_PUBLIC_URL: withoutSlash
      .optional()
      .describe('Where devices reach the endpoint, behind the proxy that does TLS'),
    KEYSTAGE_CONSOLE_URL: withoutSlash
      .optional()
      .describe('Where people open the console, behind that proxy'),
    KEYSTAGE_SCHOOL: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'is not an identifier such as larkfield-primary')
      .optional()
      .describe(
        'The school’s identifier; without it the first policy names it. A data folder never changes its school',
      ),
    KEYSTAGE_POLICY: z
      .string()
      .min(1)
      .optional()
      .describe('The file of the policy that a new data folder begins with'),
    KEYSTAGE_FIRST_EMAIL: z
      .email('is not an e-mail address')
      .default('principal@school.example')
      .describe('The e-mail address of the first account'),
    KEYSTAGE_FIRST_NAME: z
      .string()
      .min(1)
      .max(80)
      .default('Principal')
      .describe('The name of the first account'),
    KEYSTAGE_SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'is not an smtp:// or smtps:// address' })
      .optional()
      .describe('The mail server; without it mails wait'),
    KEYSTAGE_MAIL_FROM: z.email('is not an e-mail address').optional().describe('Who mails come from'),
    KEYSTAGE_MAIL_TO: Addresses.optional().describe(
      'Who gets mails about reports; without it, everybody whose role sees the inbox',
    ),
    KEYSTAGE_MAIL_AFTER_SECONDS: z.coerce
      .number('is not a number')
      .min(0)
      .max(3_600)
      .default(5)
      .describe('How long an ordinary mail waits for the child’s answer, in seconds'),
    KEYSTAGE_SECOND_FACTOR: z
      .enum(['required', 'off'])
      .default('required')
      .describe('required, or off only where staff show one elsewhere, such as at Google, or for a try'),
    KEYSTAGE_GOOGLE_CLIENT_ID: z
      .string()
      .min(1)
      .optional()
      .describe('Sign-in with Google for people that are listed: these three or none'),
    KEYSTAGE_GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('Its secret'),
    KEYSTAGE_GOOGLE_DOMAIN: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'is not a domain such as school.example')
      .optional()
      .describe('Its Workspace domain'),
    KEYSTAGE_LOG: z
      .enum(['silent', 'error', 'warn', 'info'])
      .default('info')
      .describe('silent, error, warn or info'),
  })
  .superRefine((read, context) => {
    if (read.KEYSTAGE_SMTP_URL && !read.KEYSTAGE_MAIL_FROM)
      context.addIssue({
        code: 'custom',
        path: ['KEYSTAGE_MAIL_FROM'],
        message: 'is needed when KEYSTAGE_SMTP_URL is given',
      });
    const google = [
      'KEYSTAGE_GOOGLE_CLIENT_ID',
      'KEYSTAGE_GOOGLE_CLIENT_SECRET',
      'KEYSTAGE_GOOGLE_DOMAIN',
    ] as const;
    if (google.some((name) => read[name]))
      for (const name of google.filter((one) => !read[one]))
        context.addIssue({ code: 'custom', path: [name], message: 'is needed for sign-in with Google' });
  });
export type Environment = z.infer<typeof Environment>;

export type EnvironmentRead = { ok: true; environment: Environment } | { ok: false; problems: string[] };

/** `--data` is `KEYSTAGE_DATA`, `--device-listen` is `KEYSTAGE_DEVICE_LISTEN`, and so on. */
const flagOf = (name: string) => name.replace('KEYSTAGE_', '').toLowerCase().replaceAll('_', '-');

/** What can be set: the flag, the variable that says the same, what it means, and what is usual. */
export const environmentHelp = (): string =>
  Object.entries(Environment.shape)
    .map(([name, setting]) => {
      const usual = usualOf(setting.safeParse(undefined).data);
      return `  --${flagOf(name)} (${name})\n      ${setting.description}${usual && `; usually ${usual}`}`;
    })
    .join('\n');

function usualOf(value: string | number | object | undefined): string {
  if (typeof value === 'object')
    return 'host' in value && 'port' in value ? `${value.host}:${value.port}` : '';
  return value === undefined ? '' : String(value);
}

/** Reads flags, then the environment, then what is usual. Every problem names the setting. An empty value is none. */
export function readEnvironment(
  env: Record<string, string | undefined>,
  args: string[] = [],
): EnvironmentRead {
  const names = Object.keys(Environment.shape);
  let flags: Record<string, unknown>;
  try {
    flags = parseArgs({
      args,
      options: Object.fromEntries(names.map((name) => [flagOf(name), { type: 'string' as const }])),
    }).values;
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const given = Object.fromEntries(
    names.map((name) => [name, flags[flagOf(name)] ?? (env[name] || undefined)]),
  );
  const read = Environment.safeParse(given);
  return read.success
    ? { ok: true, environment: read.data }
    : { ok: false, problems: issuesOf(read.error).map(({ path, problem }) => `${path}: ${problem}`) };
}

/** Sign-in with Google, if it is set. */
export function googleIn(environment: Environment): GoogleSettings | undefined {
  const {
    KEYSTAGE_GOOGLE_CLIENT_ID: clientId,
    KEYSTAGE_GOOGLE_CLIENT_SECRET: clientSecret,
    KEYSTAGE_GOOGLE_DOMAIN: domain,
  } = environment;
  return clientId && clientSecret && domain ? { clientId, clientSecret, domain } : undefined;
}
