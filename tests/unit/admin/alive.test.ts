import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

const ask = async (app: 'device' | 'console' | 'shared') => {
  const answer = await school.endpoint[app].fetch(new Request('http://127.0.0.1/health'));
  return [answer.status, await answer.json()];
};
const written = () =>
  school.endpoint.store
    .selectFrom('standing')
    .select('value')
    .where('key', '=', 'written')
    .executeTakeFirst();

test('a monitor hears that all is well on either listener, and that something was written', async () => {
  for (const app of ['device', 'console', 'shared'] as const)
    expect(await ask(app)).toEqual([200, { ok: true }]);
  expect((await written())?.value).toContain('2026-09-07T10:00:00');
});

test('when the database cannot be written it is 503, and 200 again when it can', async () => {
  await ask('device');
  await sql`pragma query_only = on`.execute(school.endpoint.store);
  school.clock.now += 5_000;
  const [status, body] = await ask('device');
  expect([status, body]).toEqual([503, { code: 'cannot-write', message: expect.any(String) }]);
  await sql`pragma query_only = off`.execute(school.endpoint.store);
  school.clock.now += 5_000;
  expect(await ask('device')).toEqual([200, { ok: true }]);
});

test('whoever asks all the time makes one write in five seconds', async () => {
  await ask('device');
  const first = await written();
  school.clock.now += 4_999;
  await Promise.all(Array.from({ length: 50 }, () => ask('device')));
  expect(await written()).toEqual(first);
  school.clock.now += 1;
  await ask('device');
  expect(await written()).not.toEqual(first);
});
