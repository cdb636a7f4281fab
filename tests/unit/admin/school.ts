import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPassword } from 'better-auth/crypto';
import type { Role } from '../../../admin/console-wire.ts';
import { createEndpoint, type Endpoint } from '../../../admin/endpoint.ts';
import type { EndpointOptions } from '../../../admin/endpoint-options.ts';
import { createLog } from '../../../admin/log.ts';
import { commandLine } from '../../../admin/people/actor.ts';
import type { Answer, EnrolRequest, ReportEvent, RequestEvent } from '../../../rules/wire.ts';

export const consoleUrl = 'http://console.school.example';

/** The example policy as a person would edit it. */
export const examplePolicy = async () =>
  JSON.parse(await readFile(new URL('../../../admin/examples/all-through.json', import.meta.url), 'utf8'));

/** A desk costs four of these: with scrypt, which `people.test.ts` keeps, every test of the console waited for it. */
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const keepPasswords: EndpointOptions['keepPasswords'] = {
  hash: async (password) => sha256(password),
  // The command line on the same folder keeps them in the real way.
  verify: async ({ hash, password }) =>
    hash.includes(':') ? verifyPassword({ hash, password }) : sha256(password) === hash,
};

/** A school of its own for one test: a real endpoint on a real database in a folder that vanishes. */
export async function openSchool(options: Partial<EndpointOptions> = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'keystage-test-')));
  const listSources = join(folder, 'sources');
  await mkdir(listSources, { recursive: true });
  await writeFile(
    join(listSources, 'games.txt'),
    '# games\nPlay.Example\nplay.example\n bad host \nmünchen.example\n',
  );
  const clock = { now: Date.parse('2026-09-07T10:00:00.000Z') };
  const endpoint = await createEndpoint({
    folder,
    school: 'wrenfield-all-through',
    consoleUrl,
    log: createLog('silent'),
    now: () => new Date(clock.now),
    mailAfterMs: 0,
    // Tests of the second factor itself switch it on.
    secondFactor: 'off',
    keepPasswords,
    listSources,
    ...options,
  });
  await endpoint.start();
  return {
    folder,
    endpoint,
    clock,
    close: async () => {
      await endpoint.close();
      await rm(folder, { recursive: true, force: true });
    },
    enrol: (request: Partial<EnrolRequest> = {}) => enrol(endpoint, request),
    signIn: (role: Role) => signIn(endpoint, role, options.now ?? (() => new Date(clock.now))),
  };
}
export type School = Awaited<ReturnType<typeof openSchool>>;

const json = { 'content-type': 'application/json' };

export const post = (
  app: Endpoint['device'],
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  app.request(path, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export const enrolRequest = (token: string, request: Partial<EnrolRequest> = {}): EnrolRequest => ({
  token,
  installId: randomUUID(),
  stage: 'KS2',
  extensionVersion: '0.1.0',
  ...request,
});

async function enrol({ device, secrets }: Endpoint, request: Partial<EnrolRequest>) {
  const answer = await post(device, '/v1/enrol', enrolRequest(secrets.enrolmentToken, request));
  const { seat, key } = await answer.json();
  const headers = { authorization: `Bearer ${seat}.${key}` };
  return {
    seat: seat as string,
    key: key as string,
    get: (path: string, more: Record<string, string> = {}) =>
      device.request(path, { headers: { ...headers, ...more } }),
    post: (path: string, body: unknown) => post(device, path, body, headers),
    report: (...events: unknown[]) => post(device, '/v1/reports', { events }, headers),
  };
}

const atConsole = { ...json, origin: consoleUrl, host: 'console.school.example' };

/** Somebody in front of the console, and the cookies that their browser keeps; `/console/…` only. */
export function browserAt({ console: app }: Endpoint) {
  const cookies = new Map<string, string>();
  const send = async (path: string, body?: string | ReadableStream, more: Record<string, string> = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.request(`${consoleUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...atConsole, cookie, ...more },
      ...(body !== undefined && { body, duplex: 'half' }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (attributes.some((one) => /^\s*max-age=0$/i.test(one))) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const ask = (path: string, body?: unknown, more: Record<string, string> = {}) =>
    send(path, body === undefined ? undefined : JSON.stringify(body), more);
  return { ask, send, cookies };
}

/** A person of this role in front of the console, with a one-time password; supply staff with a day pass. */
async function signIn(endpoint: Endpoint, role: Role, now: () => Date) {
  const { people } = endpoint;
  const browser = browserAt(endpoint);
  const email = `${role}@school.example`;
  if (role === 'supply') {
    const endsAt = new Date(now().getTime() + 6 * 3_600_000).toISOString();
    const pass = { name: 'The supply', groups: ['2b'], endsAt };
    const given = await people.dayPasses.give(pass, commandLine);
    if (!given.ok) throw new Error(given.code);
    await browser.ask('/console/auth/sign-in/day-pass', { code: given.code });
    return { email, oneTimePassword: given.code, ...browser, changePassword: async () => new Response() };
  }
  const added = await people.add({ email, name: `The ${role}`, role });
  if (!added.ok) throw new Error(added.code);
  await browser.ask('/console/auth/sign-in/email', { email, password: added.oneTimePassword });
  const changePassword = (newPassword: string) =>
    browser.ask('/console/auth/change-password', { currentPassword: added.oneTimePassword, newPassword });
  return { email, oneTimePassword: added.oneTimePassword, ...browser, changePassword };
}

/** Signs in and changes the password, as everybody must before anything else. */
export async function atDesk(school: School, role: Role) {
  const person = await school.signIn(role);
  await person.changePassword('correct horse battery');
  return person;
}

const from = {
  stage: 'KS2' as const,
  account: 'pupil@school.example',
  versions: { policy: null, catalogue: null, orders: null },
};

export const makeReport = (event: Partial<ReportEvent> = {}): ReportEvent => ({
  ...from,
  type: 'report',
  id: randomUUID(),
  at: '2026-09-07T09:59:58.000Z',
  address: 'https://bad.example/page?q=secret',
  title: 'A page with a title',
  what: 'page',
  verdict: { open: true, tier: 'aloneOpen' },
  ...event,
});

export const makeRequest = (event: Partial<RequestEvent> = {}): RequestEvent => ({
  ...from,
  type: 'request',
  id: randomUUID(),
  at: '2026-09-07T09:59:58.000Z',
  address: 'https://wanted.example/',
  why: 'for my project',
  verdict: { open: false, tier: 'packaged' },
  ...event,
});

const follow = (type: 'repeat' | 'return') => (report: string) => ({
  type,
  id: randomUUID(),
  report,
  at: '2026-09-07T10:00:01.000Z',
});
export const makeRepeat = follow('repeat');
export const makeReturn = follow('return');
export const makeAnswer = (report: string, answer: Answer) => ({
  type: 'answer' as const,
  id: randomUUID(),
  report,
  at: '2026-09-07T10:00:01.000Z',
  answer,
});
