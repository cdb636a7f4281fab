import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Tables } from '../../../admin/store/tables.ts';
import { atDesk, examplePolicy, makeRequest, openSchool, type School } from './school.ts';

const DAY_MS = 86_400_000;
let school: School;
beforeEach(async () => {
  school = await openSchool();
  const retention = { reports: 365, requests: 10 };
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), retention }, 'test');
});
afterEach(() => school.close());

const store = () => school.endpoint.store;
const count = async (...tables: (keyof Tables)[]) =>
  Promise.all(tables.map(async (table) => (await store().selectFrom(table).selectAll().execute()).length));
const inDays = (days: number) => new Date(school.clock.now + days * DAY_MS).toISOString();
async function daysLater(days: number): Promise<void> {
  school.clock.now += days * DAY_MS;
  await school.endpoint.enforceRetention();
}

async function keepPupil(account: string, leftAt: string | null): Promise<void> {
  const at = inDays(0);
  const [name, stage, source] = ['A. B.', 'KS2', 'import'] as const;
  await store()
    .insertInto('pupils')
    .values({ account, hash: `hash of ${account}`, name, stage, source, joinedAt: at, leftAt })
    .execute();
  await store().insertInto('memberships').values({ account, group: 'choir', source }).execute();
  await store()
    .insertInto('needs')
    .values({
      id: `need of ${account}`,
      account,
      overlay: '{}',
      reviewer: 'SENCO',
      reviewBy: '2027-01-01',
      by: 'x',
      at,
      endedAt: null,
      endedBy: null,
    })
    .execute();
  await store()
    .insertInto('suspensions')
    .values({
      id: `suspension of ${account}`,
      account,
      reason: 'r',
      by: 'x',
      at,
      endsAt: inDays(5),
      liftedAt: null,
      liftedBy: null,
    })
    .execute();
}
const keepChoir = (endedAt: string | null) =>
  store()
    .insertInto('groups')
    .values({ id: 'choir', name: 'Choir', stage: 'KS2', source: 'import', endedAt })
    .execute();

test('a pupil who left goes after thirty days with class, needs and suspensions; whoever stays, stays', async () => {
  await keepChoir(null);
  await keepPupil('left@school.example', inDays(0));
  await keepPupil('here@school.example', null);
  const ofPupils = ['pupils', 'memberships', 'needs', 'suspensions'] as const;
  await daysLater(30);
  expect(await count(...ofPupils)).toEqual([2, 2, 2, 2]);
  await daysLater(1);
  expect(await count(...ofPupils)).toEqual([1, 1, 1, 1]);
  expect(await store().selectFrom('needs').select('account').executeTakeFirst()).toEqual({
    account: 'here@school.example',
  });
});

test('what held for one pupil goes a year after its end', async () => {
  await keepChoir(null);
  await keepPupil('here@school.example', null);
  await store()
    .updateTable('needs')
    .set({ endedAt: inDays(5) })
    .execute();
  await daysLater(369);
  expect(await count('pupils', 'needs', 'suspensions')).toEqual([1, 1, 1]);
  await daysLater(2);
  expect(await count('pupils', 'needs', 'suspensions')).toEqual([1, 0, 0]);
});

test('a class that ended goes after a year and a term', async () => {
  await keepChoir(inDays(0));
  await daysLater(499);
  expect(await count('groups')).toEqual([1]);
  await daysLater(2);
  expect(await count('groups')).toEqual([0]);
});

async function keepGrant(kind: 'request' | 'homework' | 'unblock', endsAt: string): Promise<void> {
  await store()
    .insertInto('grants')
    .values({
      id: `${kind} ${endsAt}`,
      kind,
      scope: '{"groups":["8a"]}',
      entries: '[{"entry":"a.example"}]',
      reason: 'r',
      homework: null,
      person: 'p',
      by: 'x',
      madeAt: inDays(0),
      startsAt: inDays(0),
      endsAt,
      endedAt: null,
      endedBy: null,
    })
    .execute();
}

test('openings go after their end: a request’s with the policy’s days, others after a year and a term', async () => {
  for (const kind of ['request', 'homework', 'unblock'] as const) await keepGrant(kind, inDays(1));
  await keepGrant('homework', inDays(1_000));
  await store()
    .insertInto('unblocks')
    .values({
      id: 'u',
      group: '8a',
      entries: '[]',
      reason: 'r',
      startsAt: inDays(0),
      endsAt: inDays(1),
      askedBy: 'p',
      askedByName: 'x',
      askedAt: inDays(0),
      state: 'asked',
      decidedBy: null,
      decidedWhy: null,
      decidedAt: null,
      grant: null,
    })
    .execute();
  await daysLater(10);
  expect(await count('grants', 'unblocks')).toEqual([4, 1]);
  await daysLater(2);
  expect(await count('grants', 'unblocks')).toEqual([3, 1]);
  await daysLater(490);
  expect(await count('grants', 'unblocks')).toEqual([1, 0]);
});

test('the answer to a request goes with the request', async () => {
  const seat = await school.enrol({ stage: 'KS3', group: '8a' });
  const lead = await atDesk(school, 'coordinator');
  const request = makeRequest();
  await seat.post('/v1/requests', { events: [request] });
  const answer = await lead.ask(`/console/api/requests/${request.id}/answer`, {
    answer: 'no',
    reason: 'Not for this lesson.',
  });
  expect(answer.status).toBe(200);
  expect(await count('items', 'requestAnswers')).toEqual([1, 1]);
  await daysLater(11);
  expect(await count('items', 'requestAnswers', 'events')).toEqual([0, 0, 0]);
});

test('a day pass goes with its person; staff who left and approvals that ended go with the audit’s six years', async () => {
  const principal = await atDesk(school, 'principal');
  const given = await principal.ask('/console/api/day-passes', {
    name: 'Sam Supply',
    groups: ['8a'],
    endsAt: inDays(0.2),
  });
  expect(given.status).toBe(200);
  const approval = {
    kind: 'site' as const,
    line: '{}',
    stages: '[]',
    groups: '[]',
    says: '{}',
    person: 'p',
    by: 'x',
    at: inDays(0),
    consentBy: null,
    consentWhy: null,
    consentAt: null,
    endedAt: null,
    endedBy: null,
  };
  await store()
    .insertInto('approvals')
    .values([
      { ...approval, id: 'a', state: 'in-force' },
      { ...approval, id: 'b', state: 'ended', endedAt: inDays(0) },
      { ...approval, id: 'c', state: 'refused', consentAt: inDays(0) },
    ])
    .execute();
  await store()
    .updateTable('people')
    .set({ deactivatedAt: inDays(0) })
    .where('role', '=', 'principal')
    .execute();
  const [staffAndSupply = 0] = await count('people');
  await daysLater(499);
  expect(await count('people', 'dayPasses', 'approvals')).toEqual([staffAndSupply, 1, 3]);
  await daysLater(2);
  expect(await count('people', 'dayPasses', 'approvals')).toEqual([staffAndSupply - 1, 0, 3]);
  const left = await store()
    .selectFrom('people')
    .select('id')
    .where('deactivatedAt', 'is not', null)
    .execute();
  await daysLater(6 * 365);
  expect(await count('people', 'approvals')).toEqual([staffAndSupply - 1 - left.length, 1]);
});
