import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '../../../admin/console-wire.ts';
import type { PersonLine } from '../../../admin/people/wire.ts';
import { atDesk, browserAt, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool({ now: () => new Date() });
});
afterEach(() => school.close());

type Desk = Awaited<ReturnType<typeof atDesk>>;
const list = async (desk: Desk): Promise<PersonLine[]> =>
  (await (await desk.ask('/console/api/people')).json()).people;
const idOf = async (desk: Desk, role: Role) =>
  (await list(desk)).find((line) => line.role === role)?.id ?? 'nobody';
const did = async (answer: Promise<Response>) => {
  const { status, ...given } = await answer;
  void given;
  const body = await (await answer).json();
  return status === 200 ? 'done' : `${status} ${body.code}`;
};

test('the principal adds, changes, resets and deactivates; sign-ins end at once, and lessons with them', async () => {
  const left: string[] = [];
  school.endpoint.people.whenLeaves(async (person) => void left.push(person));
  const principal = await atDesk(school, 'principal');
  const added = await principal.ask('/console/api/people', {
    name: 'Jo Park',
    email: 'Jo@School.example',
    role: 'teacher',
  });
  const { oneTimePassword } = await added.json();
  const jo = browserAt(school.endpoint);
  const signIn = (password: string) =>
    jo.ask('/console/auth/sign-in/email', { email: 'jo@school.example', password });
  expect((await signIn(oneTimePassword)).status).toBe(200);
  expect((await jo.ask('/console/api/classes')).status).toBe(403);
  await jo.ask('/console/auth/change-password', {
    currentPassword: oneTimePassword,
    newPassword: 'correct horse battery',
  });
  const id = await idOf(principal, 'teacher');
  const at = (act: string, body: unknown = {}) => principal.ask(`/console/api/people/${id}/${act}`, body);

  expect(await did(at('role', { role: 'governor' }))).toBe('done');
  expect(left).toEqual([id]);
  expect((await jo.ask('/console/api/figures')).status).toBe(200);
  const { oneTimePassword: fresh } = await (await at('reset')).json();
  expect((await jo.ask('/console/api/me')).status).toBe(401);
  expect((await signIn('correct horse battery')).status).toBe(401);
  expect((await signIn(fresh)).status).toBe(200);

  expect(await did(at('deactivate'))).toBe('done');
  expect(left).toEqual([id, id]);
  expect((await jo.ask('/console/api/me')).status).toBe(401);
  expect((await signIn(fresh)).status).toBe(401);
  expect((await list(principal)).find((line) => line.id === id)).toMatchObject({ state: 'deactivated' });
  // Whoever comes back gets a new one-time password.
  const { oneTimePassword: again } = await (await at('reset')).json();
  expect((await signIn(again)).status).toBe(200);

  const acts = await school.endpoint.store.selectFrom('audit').select(['act', 'by', 'facts']).execute();
  const park = { name: 'Jo Park', role: 'governor' };
  expect(
    acts
      .filter(({ by, facts }) => by === 'The principal' && facts)
      .map(({ act, facts }) => [act, JSON.parse(facts ?? '')]),
  ).toEqual([
    ['signed-in', { way: 'password' }],
    ['added-person', { ...park, role: 'teacher' }],
    ['changed-role', { ...park, roleBefore: 'teacher' }],
    ['reset-password', park],
    ['deactivated-person', park],
    ['reactivated-person', park],
  ]);
});

test('nobody changes their own account, and the last principal stays', async () => {
  const principal = await atDesk(school, 'principal');
  const mine = await idOf(principal, 'principal');
  for (const [act, body] of [
    ['role', { role: 'dsl' }],
    ['deactivate', {}],
    ['reset', {}],
    ['reset-second-factor', {}],
  ] as const)
    expect(await did(principal.ask(`/console/api/people/${mine}/${act}`, body))).toBe('409 yourself');
  const it = { id: null, name: 'a test', role: null };
  const { staff } = school.endpoint.people;
  expect(await staff.deactivate(mine, it)).toEqual({ ok: false, code: 'last-principal' });
  expect(await staff.changeRole(mine, 'dsl', it)).toEqual({ ok: false, code: 'last-principal' });
  await staff.add({ name: 'Two', email: 'two@school.example', role: 'principal' }, it);
  expect(await staff.changeRole(mine, 'dsl', it)).toEqual({ ok: true });
});

test('nobody gives what they do not have: SLT appoints teachers, and touches no DSL or principal', async () => {
  const principal = await atDesk(school, 'principal');
  await atDesk(school, 'dsl');
  await atDesk(school, 'teacher');
  const slt = await atDesk(school, 'slt');
  const { roles } = await (await slt.ask('/console/api/people')).json();
  expect(roles).toEqual(['slt', 'teacher', 'teaching-assistant', 'office', 'governor']);
  for (const role of ['principal', 'dsl', 'coordinator', 'network-manager']) {
    const someone = { name: 'X', email: `x-${role}@school.example`, role };
    expect(await did(slt.ask('/console/api/people', someone))).toBe('409 above-you');
  }
  const dsl = await idOf(principal, 'dsl');
  const teacher = await idOf(principal, 'teacher');
  expect(await did(slt.ask(`/console/api/people/${dsl}/reset`, {}))).toBe('409 above-you');
  expect(await did(slt.ask(`/console/api/people/${teacher}/role`, { role: 'dsl' }))).toBe('409 above-you');
  expect(await did(slt.ask(`/console/api/people/${teacher}/reset`, {}))).toBe('done');
  const lines = await list(slt);
  expect(lines.filter(({ mayChange }) => mayChange).map(({ role }) => role)).toEqual(['teacher']);
});

test('supply is no role to be given, and no e-mail address is given twice', async () => {
  const principal = await atDesk(school, 'principal');
  const someone = { name: 'X', email: 'x@school.example' };
  expect(await did(principal.ask('/console/api/people', { ...someone, role: 'supply' }))).toBe(
    '400 malformed',
  );
  expect(await did(principal.ask('/console/api/people', { ...someone, role: 'teacher' }))).toBe('done');
  expect(
    await did(
      principal.ask('/console/api/people', { ...someone, email: 'X@school.example', role: 'office' }),
    ),
  ).toBe('409 known-email');
});

test('a guess at an address that nobody has is written down without it, and a flood of them fills no audit', async () => {
  await school.signIn('teacher');
  const browser = browserAt(school.endpoint);
  for (let guess = 0; guess < 30; guess += 1)
    await browser.ask('/console/auth/sign-in/email', {
      email: `guess-${guess}@school.example`,
      password: 'guessed at random',
    });
  await browser.ask('/console/auth/sign-in/email', { email: 'teacher@school.example', password: 'no' });
  const failed = await school.endpoint.store
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', 'sign-in-failed')
    .execute();
  expect(failed.filter(({ by }) => by === 'somebody unknown').length).toBeLessThanOrEqual(20);
  expect(failed.at(-1)).toMatchObject({ by: 'The teacher', facts: '{"way":"password"}' });
  expect(JSON.stringify(failed)).not.toContain('guess-');
});
