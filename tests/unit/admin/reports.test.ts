import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  makeAnswer,
  makeRepeat,
  makeReport,
  makeRequest,
  makeReturn,
  openSchool,
  type School,
} from './school.ts';

let school: School;
let seat: Awaited<ReturnType<School['enrol']>>;
beforeEach(async () => {
  school = await openSchool({ rates: { perSeat: { burst: 40, perSecond: 1 } } });
  seat = await school.enrol();
});
afterEach(() => school.close());

const items = () => school.endpoint.store.selectFrom('items').selectAll().execute();
const events = () => school.endpoint.store.selectFrom('events').selectAll().execute();

test('a report is stored once, and the same id again gets the same answer', async () => {
  const report = makeReport();
  const first = await (await seat.report(report)).json();
  expect(first).toEqual({ receipts: [{ id: report.id, status: 'stored' }] });
  expect(await (await seat.report(report)).json()).toEqual(first);
  expect(await (await seat.report(report, report)).json()).toEqual({
    receipts: [first.receipts[0], first.receipts[0]],
  });
  expect(await events()).toHaveLength(1);
  expect(await items()).toHaveLength(1);
});

test('an id in upper case is the same id, and its receipt names it as it was sent', async () => {
  const report = makeReport();
  const loud = report.id.toUpperCase();
  await seat.report(report);
  const answer = await seat.report({ ...report, id: loud }, makeAnswer(loud, 'upset-me'));
  expect((await answer.json()).receipts).toMatchObject([
    { id: loud, status: 'stored' },
    { status: 'stored' },
  ]);
  expect(await items()).toMatchObject([{ id: report.id, count: 1, answers: '["upset-me"]' }]);
});

test('promise 5: the same id again changes nothing of what was kept, whoever sends it and whatever it says', async () => {
  const report = makeReport({ title: 'as the child sent it' });
  await seat.report(report);
  const [kept] = await events();
  const stranger = await school.enrol();
  for (const sender of [seat, stranger])
    await sender.report({ ...report, title: 'something else', address: 'https://harmless.example/' });
  expect(await events()).toEqual([kept]);
  expect(await items()).toMatchObject([{ id: report.id, seat: seat.seat, host: 'bad.example', count: 1 }]);
});

test('promise 5: what is committed is on the disk, and what is deleted is overwritten', async () => {
  const { store } = school.endpoint;
  const says = async (pragma: string) =>
    Object.values((await sql.raw<Record<string, unknown>>(`pragma ${pragma}`).execute(store)).rows[0] ?? {});
  // 2 is FULL: NORMAL may lose the last commits when the power goes, after their receipts.
  expect(await says('synchronous')).toEqual([2]);
  expect(await says('journal_mode')).toEqual(['wal']);
  expect(await says('secure_delete')).toEqual([1]);
});

test('what the child adds belongs to the report: answer, repeats, return', async () => {
  const report = makeReport();
  const repeat = makeRepeat(report.id);
  await seat.report(report, makeAnswer(report.id, 'upset-me'), repeat, makeReturn(report.id));
  await seat.report(repeat, makeRepeat(report.id));
  expect(await items()).toMatchObject([
    { id: report.id, host: 'bad.example', answers: '["upset-me"]', urgency: 'soon', count: 3, returned: 1 },
  ]);
});

test('an answer that comes before its report is kept and joined to it', async () => {
  const report = makeReport();
  await seat.report(makeAnswer(report.id, 'someone-asking'));
  expect(await items()).toEqual([]);
  await seat.report(report);
  expect(await items()).toMatchObject([{ id: report.id, answers: '["someone-asking"]', urgency: 'now' }]);
});

test('one malformed event is refused by itself and holds up nothing', async () => {
  const [good, alsoGood, broken] = [makeReport(), makeReport(), { ...makeReport(), address: 5 }];
  const answer = await seat.report(good, broken, { type: 'report' }, 'text', null, alsoGood);
  expect(answer.status).toBe(200);
  expect((await answer.json()).receipts).toEqual([
    { id: good.id, status: 'stored' },
    { id: broken.id, status: 'refused', code: 'malformed' },
    { id: '', status: 'refused', code: 'malformed' },
    { id: '', status: 'refused', code: 'malformed' },
    { id: '', status: 'refused', code: 'malformed' },
    { id: alsoGood.id, status: 'stored' },
  ]);
  expect(await items()).toHaveLength(2);
});

test.each([
  ['not JSON', '{"events":['],
  ['empty', ''],
  ['no batch', '[]'],
  ['a batch of nothing', '{"events":[]}'],
  ['a batch of 101', JSON.stringify({ events: Array.from({ length: 101 }, () => ({})) })],
])('a body that is %s is malformed and stores nothing', async (_what, body) => {
  const answer = await seat.post('/v1/reports', body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'malformed' });
  expect(await events()).toEqual([]);
});

test('a body beyond 256 kB is refused with a code', async () => {
  const big = {
    events: Array.from({ length: 5 }, () =>
      makeReport({ address: `https://a.example/${'x'.repeat(60_000)}` }),
    ),
  };
  const answer = await seat.post('/v1/reports', big);
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'too-large' });
  expect(await events()).toEqual([]);
});

test('an unknown seat stores nothing', async () => {
  const answer = await school.endpoint.device.request('/v1/reports', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${randomUUID()}.${'x'.repeat(43)}`,
    },
    body: JSON.stringify({ events: [makeReport()] }),
  });
  expect(answer.status).toBe(401);
  expect(await events()).toEqual([]);
});

test('a seat that sends too fast is told when to come again, and then may; another seat goes on', async () => {
  const other = await school.enrol();
  for (let sent = 0; sent < 40; sent += 1) expect((await seat.report(makeReport())).status).toBe(200);
  const slowed = await seat.report(makeReport());
  expect(slowed.status).toBe(429);
  expect(await slowed.json()).toMatchObject({ code: 'too-many' });
  expect((await other.report(makeReport())).status).toBe(200);
  school.clock.now += Number(slowed.headers.get('retry-after')) * 1_000;
  expect((await seat.report(makeReport())).status).toBe(200);
});

test('user name and password of an address, and what no schema names, are not kept', async () => {
  const report = makeReport({ address: 'https://me:hunter2@bad.example/' });
  await seat.report({ ...report, screenshot: 'data:image/png;base64,AAAA' });
  const [event] = await events();
  expect(event?.body).not.toContain('hunter2');
  expect(event?.body).not.toContain('screenshot');
});

test('a request is stored beside the reports', async () => {
  const request = makeRequest();
  const answer = await seat.post('/v1/requests', { events: [request] });
  expect(await answer.json()).toEqual({ receipts: [{ id: request.id, status: 'stored' }] });
  expect(await items()).toMatchObject([
    { id: request.id, kind: 'request', what: 'request', host: 'wanted.example' },
  ]);
  expect(await (await seat.report(makeRequest())).json()).toMatchObject({
    receipts: [{ code: 'malformed' }],
  });
});

test('a hundred reports at once all get their own place in the order', async () => {
  const seats = await Promise.all(Array.from({ length: 5 }, () => school.enrol()));
  await Promise.all(seats.flatMap((one) => Array.from({ length: 20 }, () => one.report(makeReport()))));
  const places = (await items()).map(({ receivedAt }) => receivedAt);
  expect(places).toHaveLength(100);
  expect(new Set(places).size).toBe(100);
});

test('when the disk refuses, nothing is acknowledged and nothing of the inside is told', async () => {
  await school.endpoint.store.schema.dropTable('mailItems').execute();
  const answer = await seat.report(makeReport());
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ code: 'broken', message: expect.not.stringContaining('mailItems') });
  expect(await events()).toEqual([]);
});

test('a seat that floods the inbox waits, and nothing of it is lost; another is not held up', async () => {
  const batch = () => Array.from({ length: 100 }, () => makeReport());
  for (let each = 0; each < 5; each += 1) expect((await seat.report(...batch())).status).toBe(200);
  const last = batch();
  const refused = await seat.report(...last);
  expect([refused.status, (await refused.json()).code]).toEqual([429, 'too-many']);
  expect(await items()).toHaveLength(500);
  expect((await (await school.enrol()).report(makeReport())).status).toBe(200);
  school.clock.now += 500_000;
  expect((await seat.report(...last)).status).toBe(200);
});

test('health is kept, and malformed health is not', async () => {
  const versions = { policy: null, catalogue: null, orders: null };
  const health = {
    at: '2026-09-07T10:00:00.000Z',
    extensionVersion: '0.1.1',
    stage: 'KS2',
    downloaded: versions,
    inForce: versions,
    waiting: 2,
    setAside: 0,
    troubles: [{ at: '2026-09-07T10:00:00.000Z', where: 'sync', code: 'bad-signature', detail: '' }],
  };
  expect((await seat.post('/v1/health', health)).status).toBe(200);
  expect((await seat.post('/v1/health', { ...health, waiting: -1 })).status).toBe(400);
  const [kept] = await school.endpoint.store.selectFrom('seats').selectAll().execute();
  expect(kept).toMatchObject({ extensionVersion: '0.1.1', heardAt: '2026-09-07T10:00:00.000Z' });
});
