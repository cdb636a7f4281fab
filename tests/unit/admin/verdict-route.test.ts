import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Role, Tested } from '../../../admin/console-wire.ts';
import { rolesThatMay } from '../../../admin/roles.ts';
import { stages } from '../../../rules/stages.ts';
import { atDesk, examplePolicy, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

const rules = {
  alone: 'approved',
  supervised: 'filtered',
  closedAlways: ['adult'],
  closedAlone: ['adult', 'games'],
};
async function publish() {
  const policy = {
    ...(await examplePolicy()),
    stages: Object.fromEntries(stages.map((stage) => [stage, rules])),
    reasons: { games: 'Games are for home.' },
    overlays: [],
  };
  const published = await school.endpoint.publishPolicy(policy, 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
  await school.endpoint.publishCatalogue();
}
const question = {
  address: 'https://www.play.example/a?b=secret',
  stage: 'KS2',
  group: null,
  adult: false,
  at: null,
};
type Desk = Awaited<ReturnType<typeof atDesk>>;
const ask = async (desk: Desk, more: object = {}) => {
  const answer = await desk.ask('/console/api/verdict', { ...question, ...more });
  return { status: answer.status, body: await answer.json() };
};

test.each(rolesThatMay('test-addresses'))(
  'a %s tests with the published policy, orders and lists',
  async (role: Role) => {
    await publish();
    const desk = await atDesk(school, role);
    const choices = await (await desk.ask('/console/api/verdict')).json();
    expect(choices).toMatchObject({ timeZone: 'Europe/London', reasons: { games: 'Games are for home.' } });
    const alone = Tested.parse((await ask(desk)).body);
    expect(alone).toMatchObject({
      address: { host: 'www.play.example' },
      verdict: { open: false, tier: 'closedAlone', category: 'games', liftedBy: ['adult', 'allow', 'grant'] },
      supervised: false,
    });
    const withAdult = Tested.parse((await ask(desk, { adult: true })).body);
    expect(withAdult).toMatchObject({
      verdict: { open: true, tier: 'supervisedOpen' },
      supervised: true,
      lessonBy: null,
    });
    expect(withAdult.withoutList).toContain('adult');
  },
);

test('a class that only the class lists know can be tried too, at any time', async () => {
  await publish();
  await school.endpoint.store
    .insertInto('groups')
    .values({ id: '9-new', name: '9 New', stage: 'KS3', source: 'import', endedAt: null })
    .execute();
  const desk = await atDesk(school, 'teacher');
  const { groups } = await (await desk.ask('/console/api/verdict')).json();
  expect(groups).toContainEqual({ id: '9-new', name: '9 New', stage: 'KS3', mine: false });
  const at = '2026-09-12T14:00:00.000Z';
  const tried = await ask(desk, { stage: 'KS3', group: '9-new', at });
  expect(tried.body).toMatchObject({ at, stage: 'KS3' });
  expect((await ask(desk, { group: 'nowhere' })).body).toMatchObject({ code: 'no-group' });
});

test('a lesson that is in force opens its sites to its group, with an adult and in its time only', async () => {
  await publish();
  const lesson = {
    ...{ id: 'l1', adult: 'Ms Reed', groups: ['5-oak'], kind: 'supervised', bundles: [] },
    sites: [{ entry: 'adult.example' }],
    ...{ startsAt: '2026-09-07T09:30:00.000Z', endsAt: '2026-09-07T11:00:00.000Z' },
  };
  expect((await school.endpoint.setOrders({ lessons: [lesson] }, 'test')).ok).toBe(true);
  const desk = await atDesk(school, 'dsl');
  const open = async (more: object) => {
    const { verdict, lessonBy } = Tested.parse((await ask(desk, { address: 'adult.example', ...more })).body);
    return [verdict.tier, lessonBy];
  };
  const led = await ask(desk, { group: '5-oak', adult: true });
  expect(led.body).toMatchObject({ hasTiles: true });
  expect(await open({ group: '5-oak', adult: true })).toEqual(['grant', 'Ms Reed']);
  expect(await open({ group: '5-oak', adult: false })).toEqual(['packaged', null]);
  expect(await open({ group: '5-birch', adult: true })).toEqual(['supervisedOpen', null]);
  expect(await open({ group: '5-oak', adult: true, at: '2026-09-08T10:00:00.000Z' })).toEqual([
    'supervisedOpen',
    null,
  ]);
});

test('what cannot be tested says why', async () => {
  const desk = await atDesk(school, 'coordinator');
  expect(await ask(desk)).toMatchObject({ status: 404, body: { code: 'no-policy' } });
  await publish();
  expect(await ask(desk, { address: 'two words' })).toMatchObject({
    status: 422,
    body: { code: 'not-an-address' },
  });
  expect(await ask(desk, { address: 'data:,x' })).toMatchObject({
    status: 422,
    body: { code: 'not-a-web-page' },
  });
  expect(await ask(desk, { group: 'nobody' })).toMatchObject({ status: 422, body: { code: 'no-group' } });
  expect(await ask(desk, { stage: 'KS9' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
});

test('nobody tests who is not signed in, and a tested address is written down nowhere', async () => {
  await publish();
  const out = await school.endpoint.console.request('http://console.school.example/console/api/verdict', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://console.school.example' },
    body: JSON.stringify(question),
  });
  expect(out.status).toBe(401);
  const desk = await atDesk(school, 'principal');
  const tables = async () => {
    const names = await school.endpoint.store.introspection.getTables();
    const rows = await Promise.all(
      names.map(({ name }) =>
        school.endpoint.store
          .selectFrom(name as never)
          .selectAll()
          .execute(),
      ),
    );
    return JSON.stringify(rows);
  };
  expect((await ask(desk)).status).toBe(200);
  const kept = await tables();
  expect(kept).toContain('sign');
  expect(kept).not.toContain('secret');
  expect(kept).not.toContain('play.example');
});

test('whoever has a class finds it first, and marked as hers', async () => {
  await publish();
  const desk = await atDesk(school, 'teacher');
  const groups = async () => (await (await desk.ask('/console/api/verdict')).json()).groups;
  const before: { id: string; mine: boolean }[] = await groups();
  expect(before.map(({ mine }) => mine)).not.toContain(true);
  const last = before.at(-1)?.id ?? '';
  await school.endpoint.store
    .insertInto('teaches')
    .values({ email: desk.email, group: last, source: 'hand' })
    .execute();
  const [first, ...others]: typeof before = await groups();
  expect(first).toMatchObject({ id: last, mine: true });
  expect(others.map(({ id }) => id)).toEqual(before.slice(0, -1).map(({ id }) => id));
});
