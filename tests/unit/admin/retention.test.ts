import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  atDesk,
  examplePolicy,
  makeAnswer,
  makeReport,
  makeRequest,
  openSchool,
  type School,
} from './school.ts';

const DAY_MS = 86_400_000;
let school: School;
let seat: Awaited<ReturnType<School['enrol']>>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  school = await openSchool();
  const retention = { reports: 30, requests: 10 };
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), retention }, 'test');
  seat = await school.enrol();
});
afterEach(async () => {
  await school.close();
  vi.useRealTimers();
});

const store = () => school.endpoint.store;
const ids = async () => (await store().selectFrom('items').select('id').execute()).map(({ id }) => id);
const audit = () => store().selectFrom('audit').selectAll().orderBy('number').execute();

/** As much later, with the job that runs by itself. */
async function daysLater(days: number): Promise<void> {
  school.clock.now += days * DAY_MS;
  await vi.advanceTimersByTimeAsync(15 * 60_000);
}
/** The job has run: a line of its own, or time for one. */
const gone = (id: string) => expect.poll(ids, { interval: 10 }).not.toContain(id);

test('a report is deleted with everything that belongs to it, once it is as old as the policy says', async () => {
  const desk = await atDesk(school, 'dsl');
  const report = makeReport();
  await seat.report(report, makeAnswer(report.id, 'upset-me'));
  await desk.ask('/console/api/inbox/act', { act: 'done', ids: [report.id], note: 'Spoke with A. B.' });
  await daysLater(29);
  await school.endpoint.enforceRetention();
  expect(await ids()).toEqual([report.id]);

  await daysLater(1.01);
  await gone(report.id);
  expect(await store().selectFrom('events').selectAll().execute()).toEqual([]);
  expect(await store().selectFrom('mailItems').selectAll().execute()).toEqual([]);
  expect(await store().selectFrom('mails').selectAll().execute()).toEqual([]);
  const lines = await audit();
  expect(lines.find(({ act }) => act === 'done')).toMatchObject({
    item: report.id,
    by: 'The dsl',
    note: null,
  });
  expect(lines.at(-1)).toMatchObject({
    by: 'Keystage',
    act: 'retention',
    facts: '{"reports":1,"requests":0}',
  });
  expect(JSON.stringify(lines)).not.toContain('bad.example');
});

test('requests have their own number of days', async () => {
  const desk = await atDesk(school, 'dsl');
  const [report, request] = [makeReport(), makeRequest()];
  await seat.report(report);
  await seat.post('/v1/requests', { events: [request] });
  await desk.ask('/console/api/inbox/act', { act: 'no-concern', ids: [report.id] });
  await desk.ask(`/console/api/requests/${request.id}/answer`, { answer: 'no', reason: 'not today' });
  school.clock.now += 11 * DAY_MS;
  expect(await school.endpoint.enforceRetention()).toEqual({ reports: 0, requests: 1 });
  expect(await ids()).toEqual([report.id]);
});

test('what nobody has looked at is kept however old it is, also when a later answer made it new again', async () => {
  const desk = await atDesk(school, 'dsl');
  const [unseen, reopened] = [makeReport(), makeReport()];
  await seat.report(unseen, reopened);
  await desk.ask('/console/api/inbox/act', { act: 'no-concern', ids: [reopened.id] });
  await seat.report(makeAnswer(reopened.id, 'need-a-grown-up'));
  school.clock.now += 3_000 * DAY_MS;
  expect(await school.endpoint.enforceRetention()).toEqual({ reports: 0, requests: 0 });
  expect((await ids()).sort()).toEqual([unseen.id, reopened.id].sort());
  expect((await audit()).some(({ act }) => act === 'retention')).toBe(false);
});

test('an answer whose report never came goes after the days of a report', async () => {
  await seat.report(makeAnswer(makeReport().id, 'upset-me'));
  school.clock.now += 31 * DAY_MS;
  await school.endpoint.enforceRetention();
  expect(await store().selectFrom('events').selectAll().execute()).toEqual([]);
});

test('audit lines go after six years, those of a report that is still there do not', async () => {
  const desk = await atDesk(school, 'dsl');
  const report = makeReport();
  await seat.report(report);
  await desk.ask(`/console/api/inbox/${report.id}/reveal`, {});
  school.clock.now += 6 * 365 * DAY_MS - DAY_MS;
  await school.endpoint.enforceRetention();
  const before = await audit();
  expect(before.map(({ act }) => act)).toContain('signed-in');
  school.clock.now += 2 * DAY_MS;
  await school.endpoint.enforceRetention();
  expect((await audit()).map(({ act }) => act)).toEqual(['reveal']);
});

test('what is deleted is gone from the file too', async () => {
  const desk = await atDesk(school, 'dsl');
  const report = makeReport({ title: 'unmistakable-title' });
  await seat.report(report);
  expect((await readFile(join(school.folder, 'keystage.db-wal'))).includes('unmistakable-title')).toBe(true);
  await desk.ask('/console/api/inbox/act', { act: 'done', ids: [report.id] });
  school.clock.now += 31 * DAY_MS;
  await school.endpoint.enforceRetention();
  for (const file of ['keystage.db', 'keystage.db-wal'])
    expect((await readFile(join(school.folder, file))).includes('unmistakable-title'), file).toBe(false);
});

test('without a policy nothing is deleted', async () => {
  const other = await openSchool();
  await (await other.enrol()).report(makeReport());
  await other.endpoint.store.updateTable('items').set({ state: 'done' }).execute();
  other.clock.now += 10_000 * DAY_MS;
  expect(await other.endpoint.enforceRetention()).toEqual({ reports: 0, requests: 0 });
  await other.close();
});

test('of documents that were replaced long ago only the line stays: version, digest and when', async () => {
  const policy = await examplePolicy();
  for (let version = 1; version < 53; version += 1) {
    school.clock.now += 60_000;
    await school.endpoint.publishPolicy(policy, `publication ${version}`);
  }
  await school.endpoint.enforceRetention();
  const lines = await store()
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', 'policy')
    .orderBy('number')
    .execute();
  expect(lines).toHaveLength(53);
  expect(lines.map(({ body, jws }) => body !== '' && jws !== '')).toEqual([
    ...Array(3).fill(false),
    ...Array(50).fill(true),
  ]);
  expect(lines[0]).toMatchObject({ digest: expect.stringMatching(/./), etag: expect.stringMatching(/"/) });
  expect((await seat.get('/v1/policy')).status).toBe(200);
});
