import { symmetricEncrypt } from 'better-auth/crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { totpOf } from '../../fixtures/totp.ts';
import { atDesk, browserAt, openSchool, type School } from './school.ts';

const password = 'correct horse battery';
const hour = 3_600_000;
let school: School;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-09-07T08:00:00Z') });
  school = await openSchool({ secondFactor: 'required', now: () => new Date() });
});
afterEach(async () => {
  await school.close();
  vi.useRealTimers();
});

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const me = async (person: { ask: (path: string) => Promise<Response> }) =>
  (await person.ask('/console/api/me')).json();
type Browser = ReturnType<typeof browserAt>;
const signIn = (browser: Browser, email: string) =>
  browser.ask('/console/auth/sign-in/email', { email, password });
const show = (browser: Browser, code: string, trustDevice = false) =>
  browser.ask('/console/auth/two-factor/verify-totp', { code, trustDevice });
const acts = async () =>
  (await school.endpoint.store.selectFrom('audit').select(['act', 'by', 'facts']).execute()).map(
    ({ act, by, facts }) => `${by}: ${act}${facts ? ` (${JSON.parse(facts).way ?? facts})` : ''}`,
  );

/** Somebody with a password of their own, who has just set up the second factor. */
async function withFactor(role: 'teacher' | 'principal' = 'teacher') {
  const person = await atDesk(school, role);
  const set = await (await person.ask('/console/auth/two-factor/enable', { password })).json();
  expect((await show(person, totpOf(set.totpURI))).status).toBe(200);
  return { person, uri: set.totpURI as string, backupCodes: set.backupCodes as string[] };
}

/** What the console answers after a password and this backup code. */
async function backupSignsIn(email: string, code: string): Promise<number> {
  const browser = browserAt(school.endpoint);
  await signIn(browser, email);
  await browser.ask('/console/auth/two-factor/verify-backup-code', { code });
  return (await browser.ask('/console/api/me')).status;
}

test('a role that opens things does nothing before the second factor is set up; others need none', async () => {
  const teacher = await atDesk(school, 'teacher');
  expect(await me(teacher)).toMatchObject({ secondFactor: 'missing' });
  const refused = await teacher.ask('/console/api/classes');
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'second-factor-missing' });

  const set = await (await teacher.ask('/console/auth/two-factor/enable', { password })).json();
  expect(set.totpURI).toMatch(/^otpauth:\/\/totp\/Keystage/);
  expect(set.backupCodes).toHaveLength(10);
  expect((await show(teacher, '000000')).status).toBe(401);
  expect(await me(teacher)).toMatchObject({ secondFactor: 'missing' });
  expect((await show(teacher, totpOf(set.totpURI))).status).toBe(200);
  expect(await me(teacher)).toMatchObject({ secondFactor: 'set-up' });
  expect(await (await teacher.ask('/console/api/classes')).json()).toMatchObject({ code: 'no-policy' });

  const governor = await atDesk(school, 'governor');
  expect(await me(governor)).toMatchObject({ secondFactor: 'not-needed' });
  expect((await governor.ask('/console/api/figures')).status).toBe(200);
});

test('with a second factor the password alone signs nobody in; a code or a backup code does, each of those once', async () => {
  const { person, uri, backupCodes } = await withFactor();
  const elsewhere = browserAt(school.endpoint);
  const asked = await signIn(elsewhere, person.email);
  expect(await asked.json()).toMatchObject({ twoFactorRedirect: true });
  expect((await elsewhere.ask('/console/api/me')).status).toBe(401);
  expect((await show(elsewhere, '123456')).status).toBe(401);
  expect((await elsewhere.ask('/console/api/me')).status).toBe(401);
  expect((await show(elsewhere, totpOf(uri))).status).toBe(200);
  expect(await me(elsewhere)).toMatchObject({ secondFactor: 'set-up' });

  const useBackup = async () => {
    const browser = browserAt(school.endpoint);
    await signIn(browser, person.email);
    await browser.ask('/console/auth/two-factor/verify-backup-code', { code: backupCodes[0] });
    return (await browser.ask('/console/api/me')).status;
  };
  expect(await useBackup()).toBe(200);
  expect(await useBackup()).toBe(401);
  expect(await acts()).toEqual([
    'command line: added-person ({"name":"The teacher","role":"teacher"})',
    'The teacher: signed-in (password)',
    'The teacher: changed-password',
    'The teacher: set-up-second-factor',
    'The teacher: sign-in-failed (second-factor)',
    'The teacher: signed-in (second-factor)',
    'The teacher: signed-in (backup-code)',
    'The teacher: sign-in-failed (backup-code)',
  ]);
});

test('backup codes have no letters that look alike, are no easier to guess, and are read however they are typed', async () => {
  const { person, backupCodes } = await withFactor();
  expect(backupCodes).toHaveLength(10);
  // better-auth's own: ten of 62 letters and digits.
  const bits = ([first = '']: string[]) => first.replaceAll('-', '').length * Math.log2(31);
  expect(bits(backupCodes)).toBeGreaterThan(10 * Math.log2(62));
  for (const code of backupCodes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
  const [first = '', second = ''] = backupCodes;
  for (const typed of [first.toUpperCase().replaceAll('-', ' '), ` ${second.replaceAll('-', '')}`])
    expect(await backupSignsIn(person.email, typed)).toBe(200);
});

test('backup codes that were made before stay good, and in them large and small letters differ', async () => {
  const { person } = await withFactor();
  const kept = await symmetricEncrypt({
    key: school.endpoint.secrets.cookieSecret,
    data: JSON.stringify(['aB3dE-0OlI1']),
  });
  await school.endpoint.store
    .updateTable('secondFactors')
    .set({ backupCodes: kept } as object)
    .execute();
  expect(await backupSignsIn(person.email, 'ab3de-0oli1')).toBe(401);
  expect(await backupSignsIn(person.email, 'aB3dE-0OlI1')).toBe(200);
});

test('a trusted computer asks once a day, counted from the factor and not from the last sign-in', async () => {
  const { person, uri } = await withFactor();
  const staffRoom = browserAt(school.endpoint);
  await signIn(staffRoom, person.email);
  expect((await show(staffRoom, totpOf(uri), true)).status).toBe(200);
  const again = async () => {
    await staffRoom.ask('/console/auth/sign-out', {});
    const answer = await (await signIn(staffRoom, person.email)).json();
    return answer.twoFactorRedirect === true ? 'asked' : 'let in';
  };
  later(10 * hour);
  expect(await again()).toBe('let in');
  later(10 * hour);
  expect(await again()).toBe('let in');
  later(4 * hour + 60_000);
  expect(await again()).toBe('asked');
  // A computer that nobody trusted asks each time, and trust is one person's.
  const other = browserAt(school.endpoint);
  await signIn(other, person.email);
  await show(other, totpOf(uri));
  await other.ask('/console/auth/sign-out', {});
  expect(await (await signIn(other, person.email)).json()).toMatchObject({ twoFactorRedirect: true });
});

test('codes cannot be guessed: five tries, then the password again, and after ten a pause', async () => {
  const { person, uri } = await withFactor();
  const browser = browserAt(school.endpoint);
  await signIn(browser, person.email);
  for (let tries = 0; tries < 5; tries += 1) await show(browser, '000000');
  expect((await show(browser, totpOf(uri))).status).not.toBe(200);
  await signIn(browser, person.email);
  for (let tries = 0; tries < 5; tries += 1) await show(browser, '000000');
  await signIn(browser, person.email);
  expect((await show(browser, totpOf(uri))).status).toBe(429);
});

test('nobody switches their own second factor off, or replaces one that is set up', async () => {
  const { person } = await withFactor();
  expect((await person.ask('/console/auth/two-factor/disable', { password })).status).toBe(404);
  expect((await person.ask('/console/auth/two-factor/enable', { password })).status).toBe(403);
  expect(await me(person)).toMatchObject({ secondFactor: 'set-up' });
});

test('setting it up ends what was signed in elsewhere; a reset asks for another one at the next sign-in', async () => {
  const principal = await withFactor('principal');
  const teacher = await atDesk(school, 'teacher');
  const elsewhere = browserAt(school.endpoint);
  await signIn(elsewhere, teacher.email);
  expect((await elsewhere.ask('/console/api/me')).status).toBe(200);
  const set = await (await teacher.ask('/console/auth/two-factor/enable', { password })).json();
  await show(teacher, totpOf(set.totpURI));
  expect((await elsewhere.ask('/console/api/me')).status).toBe(401);

  const { people } = await (await principal.person.ask('/console/api/people')).json();
  const { id } = people.find(({ email }: { email: string }) => email === teacher.email);
  const reset = await principal.person.ask(`/console/api/people/${id}/reset-second-factor`, {});
  expect(reset.status).toBe(200);
  expect((await teacher.ask('/console/api/me')).status).toBe(401);
  await signIn(teacher, teacher.email);
  expect(await me(teacher)).toMatchObject({ secondFactor: 'missing' });
});

test('switched off, nobody is asked, also not who had set it up, and the people page says so', async () => {
  const { person } = await withFactor('principal');
  const { folder } = school;
  const off = await openSchool({ folder, secondFactor: 'off', now: () => new Date() });
  const browser = browserAt(off.endpoint);
  expect(await (await signIn(browser, person.email)).json()).not.toHaveProperty('twoFactorRedirect');
  expect(await (await browser.ask('/console/api/people')).json()).toMatchObject({ secondFactor: 'off' });
  await off.endpoint.close();
});
