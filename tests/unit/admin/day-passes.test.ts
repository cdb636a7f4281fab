import { afterEach, beforeEach, expect, test } from 'vitest';
import { atDesk, browserAt, examplePolicy, openSchool, type School } from './school.ts';

let school: School;
const now = Date.parse('2026-09-07T10:00:00.000Z');
const inHours = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
beforeEach(async () => {
  school = await openSchool();
  const { school: _, ...policy } = await examplePolicy();
  const published = await school.endpoint.publishPolicy(
    { ...policy, school: 'wrenfield-all-through' },
    'a test',
  );
  if (!published.ok) throw new Error('no policy');
});
afterEach(() => school.close());

const pass = { name: 'Mr Okoro', groups: ['2b', '5-oak'], endsAt: inHours(5) };
type Desk = Awaited<ReturnType<typeof atDesk>>;
const give = async (office: Desk, more: Partial<typeof pass> = {}): Promise<string> =>
  (await (await office.ask('/console/api/day-passes', { ...pass, ...more })).json()).code;
const signIn = async (code: string) => {
  const browser = browserAt(school.endpoint);
  const answer = await browser.ask('/console/auth/sign-in/day-pass', { code });
  return { ...browser, status: answer.status };
};
const listed = async (office: Desk) => (await (await office.ask('/console/api/day-passes')).json()).passes;

test('the office gives a pass; its code signs in once, however it is typed, as supply and for these classes', async () => {
  const office = await atDesk(school, 'office');
  const code = await give(office);
  expect(code).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  const supply = await signIn(code.toUpperCase().replaceAll('-', ' '));
  expect(supply.status).toBe(200);
  expect(await (await supply.ask('/console/api/me')).json()).toMatchObject({
    name: 'Mr Okoro',
    role: 'supply',
    secondFactor: 'not-needed',
    mustChangePassword: false,
    until: pass.endsAt,
  });
  const classes = await (await supply.ask('/console/api/classes')).json();
  expect(JSON.stringify(classes)).toContain('"2b"');
  expect(JSON.stringify(classes)).not.toContain('"4-ash"');
  expect((await signIn(code)).status).toBe(401);

  const [line] = await listed(office);
  expect(line).toMatchObject({ name: 'Mr Okoro', state: 'in-use', givenBy: 'The office' });
  // Another computer needs another code, and the old one opens nothing.
  const { code: another } = await (await office.ask(`/console/api/day-passes/${line.id}/code`, {})).json();
  expect((await signIn(another)).status).toBe(200);
});

test('a pass reads no report, pastes nothing, and answers no request', async () => {
  const supply = await signIn(await give(await atDesk(school, 'office')));
  for (const path of ['/inbox', '/audit', '/people', '/requests', '/homework', '/approvals', '/fleet'])
    expect((await supply.ask(`/console/api${path}`)).status, path).toBe(403);
});

test('it ends by itself: the next question is refused, the sign-in is gone, and the audit says so', async () => {
  const left: string[] = [];
  school.endpoint.people.whenLeaves(async (person) => void left.push(person));
  const office = await atDesk(school, 'office');
  const supply = await signIn(await give(office));
  school.clock.now = now + 5 * 3_600_000 - 1;
  expect((await supply.ask('/console/api/me')).status).toBe(200);
  school.clock.now += 1;
  expect((await supply.ask('/console/api/me')).status).toBe(401);

  await school.endpoint.people.dayPasses.endDue();
  const signIns = await school.endpoint.store.selectFrom('signIns').select('userId').execute();
  expect(left).toHaveLength(1);
  expect(signIns.map(({ userId }) => userId)).not.toContain(left[0]);
  expect((await listed(office))[0]).toMatchObject({ state: 'ended' });
  const audit = await school.endpoint.store.selectFrom('audit').select(['act', 'by', 'facts']).execute();
  expect(audit.at(-1)).toEqual({ act: 'ended-day-pass', by: 'endpoint', facts: '{"name":"Mr Okoro"}' });
  await school.endpoint.people.dayPasses.endDue();
  expect(left).toHaveLength(1);
});

test('the office ends one before its time, also one whose code nobody has used', async () => {
  const office = await atDesk(school, 'office');
  const used = await signIn(await give(office));
  const unused = await give(office, { name: 'Ms Hale' });
  for (const { id } of await listed(office))
    expect((await office.ask(`/console/api/day-passes/${id}/end`, {})).status).toBe(200);
  expect((await used.ask('/console/api/me')).status).toBe(401);
  expect((await signIn(unused)).status).toBe(401);
  const [{ id }] = await listed(office);
  expect((await office.ask(`/console/api/day-passes/${id}/end`, {})).status).toBe(404);
  expect((await office.ask(`/console/api/day-passes/${id}/code`, {})).status).toBe(404);
});

test('no pass without a name, a class that is there, or an end within a day', async () => {
  const office = await atDesk(school, 'office');
  const refusal = async (more: Partial<typeof pass>) => {
    const answer = await office.ask('/console/api/day-passes', { ...pass, ...more });
    return `${answer.status} ${(await answer.json()).code}`;
  };
  expect(await refusal({ name: '  ' })).toBe('400 malformed');
  expect(await refusal({ groups: [] })).toBe('400 malformed');
  expect(await refusal({ groups: ['2b', 'no-such-class'] })).toBe('409 no-group');
  expect(await refusal({ endsAt: inHours(0) })).toBe('409 ends-too-early');
  expect(await refusal({ endsAt: inHours(25) })).toBe('409 ends-too-late');
  expect(await listed(office)).toEqual([]);
});

test('two computers with one code at once: one of them is signed in', async () => {
  const code = await give(await atDesk(school, 'office'));
  const both = await Promise.all([signIn(code), signIn(code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
});
