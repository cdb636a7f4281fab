import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usualRates } from '../../../admin/endpoint-options.ts';
import { isOfSchool } from '../../../admin/people/google.ts';
import { browserAt, openSchool, type School } from './school.ts';

/**
 * Google itself cannot be reached here: a stand-in answers at Google's token address with an identity token of its own
 * making. better-auth's own provider, its state, its cookies and our checks are real.
 */
let school: School;
let profile: Record<string, unknown>;
const teacher = {
  sub: '1071',
  name: 'From Google',
  email: 'Teacher@school.example',
  email_verified: true,
  hd: 'school.example',
};
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
beforeEach(async () => {
  school = await openSchool({
    now: () => new Date(),
    google: { clientId: 'our-id', clientSecret: 'our-secret', domain: 'school.example' },
  });
  profile = teacher;
  vi.stubGlobal('fetch', async (address: string | URL | Request) => {
    if (String(address instanceof Request ? address.url : address) !== 'https://oauth2.googleapis.com/token')
      throw new Error('nothing else is asked for');
    const id_token = `${base64({ alg: 'RS256' })}.${base64(profile)}.signature`;
    return Response.json({ access_token: 'theirs', refresh_token: 'theirs', id_token, expires_in: 3600 });
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await school.close();
});

/** Off to Google and back, as a browser goes. */
async function throughGoogle() {
  const browser = browserAt(school.endpoint);
  const asked = await browser.ask('/console/auth/sign-in/social', { provider: 'google', callbackURL: '/' });
  const { url } = await asked.json();
  const state = new URL(url).searchParams.get('state') ?? '';
  const back = await browser.ask(`/console/auth/callback/google?code=a-code&state=${state}`);
  return { ...browser, url: new URL(url), to: back.headers.get('location') ?? '', status: back.status };
}
const add = async (role: 'teacher' | 'governor' = 'teacher') => {
  const added = await school.endpoint.people.add({ name: 'Ms T', email: 'teacher@school.example', role });
  return added.ok ? added.oneTimePassword : '';
};
const me = async (browser: Pick<ReturnType<typeof browserAt>, 'ask'>) =>
  (await browser.ask('/console/api/me')).json();

test('somebody who is listed comes in, keeps their name, and needs no one-time password any more', async () => {
  const oneTimePassword = await add();
  const { url, status, ...browser } = await throughGoogle();
  expect(url.origin).toBe('https://accounts.google.com');
  expect(url.searchParams.get('hd')).toBe('school.example');
  expect(status).toBe(302);
  expect(await me(browser)).toMatchObject({ name: 'Ms T', role: 'teacher', mustChangePassword: false });
  const other = browserAt(school.endpoint);
  const old = { email: 'teacher@school.example', password: oneTimePassword };
  expect((await other.ask('/console/auth/sign-in/email', old)).status).toBe(401);
  const kept = await school.endpoint.store.selectFrom('passwords').selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain('theirs');
  const audit = await school.endpoint.store.selectFrom('audit').select(['by', 'act', 'facts']).execute();
  expect(audit).toContainEqual({ by: 'Ms T', act: 'signed-in', facts: '{"way":"google"}' });
});

test.each([
  ['another domain', { hd: 'other.example', email: 'teacher@other.example' }],
  ['no Workspace account', { hd: undefined, email: 'teacher@school.example' }],
  ['an address that Google has not verified', { email_verified: false }],
  ['an address of another domain', { email: 'teacher@gmail.example' }],
])('%s comes in nowhere', async (_, more) => {
  await add();
  profile = { ...teacher, ...more };
  const { to, ...browser } = await throughGoogle();
  expect(to).toContain('error=');
  expect((await browser.ask('/console/api/me')).status).toBe(401);
});

test('nobody signs up: who is not listed, or is deactivated, stays outside, also with a link from before', async () => {
  expect((await throughGoogle()).to).toContain('error=');
  expect(await school.endpoint.store.selectFrom('people').selectAll().execute()).toEqual([]);
  await add();
  expect((await me(await throughGoogle())).name).toBe('Ms T');
  const { staff } = school.endpoint.people;
  const id = (await staff.idOf('teacher@school.example')) ?? '';
  await staff.deactivate(id, { id: null, name: 'a test', role: null });
  const outside = await throughGoogle();
  expect((await outside.ask('/console/api/me')).status).toBe(401);
});

test('a link from before is worth nothing once the account has left the domain', async () => {
  await add();
  expect((await me(await throughGoogle())).name).toBe('Ms T');
  profile = { ...teacher, hd: 'other.example' };
  const outside = await throughGoogle();
  expect((await outside.ask('/console/api/me')).status).toBe(401);
});

test('a second factor is asked for after Google, too', async () => {
  await school.close();
  school = await openSchool({
    now: () => new Date(),
    secondFactor: 'required',
    google: { clientId: 'our-id', clientSecret: 'our-secret', domain: 'school.example' },
  });
  await add();
  expect(await me(await throughGoogle())).toMatchObject({ secondFactor: 'missing' });
  await school.endpoint.store.updateTable('people').set({ twoFactorEnabled: 1 }).execute();
  const { to, status, ...browser } = await throughGoogle();
  expect([status, to]).toEqual([302, 'http://console.school.example/?second-factor=asked']);
  expect((await browser.ask('/console/api/me')).status).toBe(401);
});

test('whoever sets off for Google again and again fills no database', async () => {
  const browser = browserAt(school.endpoint);
  const asked: number[] = [];
  for (let each = 0; each < usualRates.signInsOfAddress.burst + 10; each += 1)
    asked.push((await browser.ask('/console/auth/sign-in/social', { provider: 'google' })).status);
  expect(asked[0]).toBe(200);
  expect(asked.at(-1)).toBe(429);
});

test('without settings there is no such way in', async () => {
  const plain = await openSchool();
  const browser = browserAt(plain.endpoint);
  expect(await (await browser.ask('/console/auth/ways')).json()).toEqual({ google: false });
  const asked = await browser.ask('/console/auth/sign-in/social', { provider: 'google' });
  expect(asked.status).toBe(404);
  await plain.close();
});

test('a sub-domain, often the pupils’, is another domain; letters may be large or small', () => {
  expect(isOfSchool({ ...teacher, hd: 'School.Example' }, 'school.example')).toBe(true);
  for (const more of [
    { hd: 'pupils.school.example' },
    { email: 'a@pupils.school.example' },
    { email: 'a@school.example@evil.example' },
  ])
    expect(isOfSchool({ ...teacher, ...more }, 'school.example')).toBe(false);
});
