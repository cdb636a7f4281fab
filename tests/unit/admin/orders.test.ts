import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { checkOrders } from '../../../admin/orders-check.ts';
import { Orders } from '../../../rules/orders.ts';
import { payloadOf } from '../../fixtures/payload.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

let school: School;
let seat: Awaited<ReturnType<School['enrol']>>;
beforeEach(async () => {
  school = await openSchool({ now: () => new Date() });
  seat = await school.enrol({ group: '5-oak', account: 'A@school.example' });
});
afterEach(() => school.close());

const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const lesson = () => ({
  id: 'l1',
  adult: 'Ms Reed',
  groups: ['5-oak'],
  kind: 'supervised',
  sites: [{ entry: 'maps.example' }],
  bundles: [],
  startsAt: fromNow(-5),
  endsAt: fromNow(30),
});
const grant = () => ({
  id: 'g1',
  scope: { groups: ['5-oak'] },
  entries: [{ entry: 'one.example/page' }],
  reason: 'homework',
  by: 'Ms Reed',
  startsAt: fromNow(-5),
  endsAt: fromNow(30),
});
const closing = { entry: 'bad.example', reason: 'harmful challenge', by: 'IT' };

const run = async (...args: string[]) => {
  const { code, lines } = await runCommand([...args, '--data', school.folder], {});
  return { code, said: lines.join('\n') };
};
const set = async (orders: unknown) => {
  const file = join(school.folder, 'orders.json');
  await writeFile(file, JSON.stringify(orders));
  return run('orders', 'set', file);
};
/** What a device gets from the endpoint that runs on the same folder. */
const inForce = async () => {
  const jws = await (await seat.get('/v1/orders')).text();
  return Orders.parse(payloadOf(jws));
};

test('an urgent closing reaches devices from the endpoint that runs, and its tag changes', async () => {
  const before = (await seat.get('/v1/orders')).headers.get('etag') ?? '';
  expect(await set({ closings: [closing] })).toMatchObject({
    code: 0,
    said: expect.stringContaining('closings 1'),
  });
  expect((await seat.get('/v1/orders', { 'if-none-match': before })).status).toBe(200);
  expect(await inForce()).toMatchObject({ closings: [closing], lessons: [], grants: [], suspensions: [] });
});

test('lessons, grants and suspensions too; what is shown can be set again; clearing ends all', async () => {
  const all = {
    lessons: [lesson()],
    grants: [grant()],
    closings: [closing],
    suspensions: [{ pupil: 'a@school.example', reason: '', endsAt: fromNow(60) }],
  };
  expect((await set(all)).code).toBe(0);
  const shown = await run('orders', 'show');
  expect(JSON.parse(shown.said)).toEqual(all);
  expect(await inForce()).toMatchObject(all);
  expect((await set(JSON.parse(shown.said))).code).toBe(0);
  expect((await run('orders', 'clear')).code).toBe(0);
  expect(await inForce()).toMatchObject({ lessons: [], grants: [], closings: [], suspensions: [] });
});

test('a lesson’s sites may be bare addresses; id, bundles and start are the usual ones', async () => {
  const { id: _id, bundles: _bundles, startsAt: _startsAt, ...short } = lesson();
  expect((await set({ lessons: [{ ...short, sites: ['maps.example/uk'] }] })).code).toBe(0);
  const [there] = (await inForce()).lessons;
  expect(there).toMatchObject({ sites: [{ entry: 'maps.example/uk' }], bundles: [] });
  expect(there?.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(Math.abs(Date.parse(there?.startsAt ?? '') - Date.now())).toBeLessThan(60_000);
});

test('one mistake and nothing is changed; each is named with its place', async () => {
  await set({ closings: [closing] });
  const refused = await set({
    lessons: [{ ...lesson(), sites: [{ entry: 'good.example' }, { entry: 'co.uk' }] }],
    grants: [{ ...grant(), endsAt: fromNow(-1) }],
    closings: [{ ...closing, entry: 'ba*d.example' }],
  });
  expect(refused.code).toBe(1);
  for (const place of [
    '.sites[1] "co.uk": public-suffix',
    'closings[0] "ba*d.example": wildcard',
    'grants[0] (g1).endsAt: ',
  ])
    expect(refused.said).toContain(place);
  expect((await inForce()).closings).toEqual([closing]);
});

test.each([
  ['a part that does not exist', { closing: [closing] }, 'closing'],
  ['no object', [closing], ''],
  ['no end', { grants: [{ ...grant(), endsAt: undefined }] }, 'grants[0].endsAt'],
  ['an end before its start', { lessons: [{ ...lesson(), startsAt: fromNow(60) }] }, 'lessons[0].endsAt'],
  [
    'a site whose end is over',
    { lessons: [{ ...lesson(), sites: [{ entry: 'a.example', endsAt: fromNow(-1) }] }] },
    'lessons[0].sites[0].endsAt',
  ],
  [
    'a suspension that is over',
    { suspensions: [{ pupil: 'a', reason: '', endsAt: fromNow(-1) }] },
    'suspensions[0].endsAt',
  ],
  ['a scope that names nobody', { grants: [{ ...grant(), scope: { groups: [] } }] }, 'grants[0].scope'],
  ['a lesson of a day', { lessons: [{ ...lesson(), endsAt: fromNow(24 * 60) }] }, 'lessons[0].endsAt'],
  ['the sign-in closed', { closings: [{ ...closing, entry: 'accounts.google.com' }] }, 'closings[0].entry'],
  ['all below google.com closed', { closings: [{ ...closing, entry: 'google.com' }] }, 'closings[0].entry'],
  ['help closed', { closings: [{ ...closing, entry: 'childline.org.uk/x' }] }, 'closings[0].entry'],
  ['the same id twice', { grants: [grant(), grant()] }, 'grants[1].id'],
])('%s is refused with its place', (_what, written, path) => {
  expect(checkOrders(written, new Date())).toMatchObject({
    ok: false,
    code: 'not-orders',
    issues: [{ path }],
  });
});

test('what the published policy does not have is refused, and what it has is named', async () => {
  const policy = await examplePolicy();
  expect((await school.endpoint.publishPolicy(policy, 'test')).ok).toBe(true);
  const known = policy.groups[0].id;
  const refused = await set({ lessons: [{ ...lesson(), groups: ['no-such'], bundles: ['nor-this'] }] });
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(new RegExp(`groups: there is no group "no-such"; the policy has .*${known}`));
  expect(refused.said).toContain('there is no bundle "nor-this"');
  const scope = { groups: [known], stages: ['KS2'] };
  const there = await set({
    lessons: [{ ...lesson(), groups: [known] }],
    grants: [{ ...grant(), scope }],
  });
  expect(there.code).toBe(0);
  expect(there.said).toMatch(new RegExp(`lesson of Ms Reed: ${known}, until 20`));
  expect(there.said).toMatch(new RegExp(`grant g1: groups ${known} and stages KS2, until 20`));
});

test('a closing cannot take the endpoint away from its devices', () => {
  const around = { policy: null, endpointHost: 'keystage.school.example' };
  expect(
    checkOrders({ closings: [{ ...closing, entry: 'school.example' }] }, new Date(), around),
  ).toMatchObject({ ok: false, issues: [{ path: 'closings[0].entry' }] });
  expect(checkOrders({ closings: [{ ...closing, entry: '.school.example' }] }, new Date(), around).ok).toBe(
    true,
  );
});

test('the audit counts and names nobody', async () => {
  await set({ suspensions: [{ pupil: 'a@school.example', reason: 'x', endsAt: fromNow(60) }] });
  const lines = await school.endpoint.store
    .selectFrom('audit')
    .select(['by', 'act', 'facts', 'note'])
    .execute();
  const facts = JSON.stringify({ lessons: 0, grants: 0, closings: 0, suspensions: 1 });
  expect(lines).toEqual([{ by: 'command line', act: 'set-orders', facts, note: null }]);
});

test('a grant for several pupils names to each seat its own pupil alone', async () => {
  const account = 'ada@school.example';
  seat = await school.enrol({ deviceId: 'd1', account });
  const scope = { pupils: [account, 'ben@school.example'] };
  expect((await set({ grants: [{ ...grant(), scope }] })).code).toBe(0);
  await expect.poll(async () => (await inForce()).grants.length, { interval: 20 }).toBe(1);
  expect((await inForce()).grants[0]?.scope.pupils).toEqual([account]);
});
