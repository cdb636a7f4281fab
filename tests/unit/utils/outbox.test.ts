import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { Settings } from '../../../rules/settings.ts';
import { createClock } from '../../../utils/clock.ts';
import { type CallFailed, createEndpoint, type Endpoint } from '../../../utils/endpoint.ts';
import { createOutbox } from '../../../utils/outbox.ts';
import { createSeats } from '../../../utils/seats.ts';
import { createStore, type OutboxItem } from '../../../utils/store.ts';
import { createTroubles } from '../../../utils/troubles.ts';

const BEAT_MS = 30_000;
const YEAR_MS = 365 * 24 * 3_600_000;

const settings = Settings.parse({
  endpoint: 'https://keystage.school.example',
  school: 'test',
  publicKeys: ['A'.repeat(43)],
  enrolmentToken: 'a token of sixteen',
  stage: 'KS2',
});

type Asked = { path: string; ids: string[]; seat: string | undefined };
type Answer = CallFailed | { ok: true; body: unknown };
type Answering = (asked: Asked) => Answer;

const stored: Answering = ({ ids }) => ({
  ok: true,
  body: { receipts: ids.map((id) => ({ id, status: 'stored' })) },
});
const refused =
  (status: number, refusal: string): Answering =>
  () => ({ ok: false, code: 'refused', status, refusal });

let count = 0;

/** A device with its own disk, an endpoint that answers as told, and a clock that stands still. */
function setUp({ start = Date.parse('2026-11-21T09:00:00Z'), name = `outbox-test-${count++}` } = {}) {
  const own = { now: start };
  const clock = createClock(() => own.now);
  const store = createStore(name);
  const troubles = createTroubles(store, clock);
  const asked: Asked[] = [];
  let answering: Answering = stored;
  let enrolled = 0;
  const endpoint: Endpoint = {
    call: async (path, { json, seat } = {}) => {
      if (path === '/v1/enrol') {
        enrolled += 1;
        return answered({ seat: crypto.randomUUID(), key: 'k'.repeat(32) });
      }
      const ids = (json as { events: { id: string }[] }).events.map(({ id }) => id);
      asked.push({ path, ids, seat: seat?.seat });
      const answer = answering({ path, ids, seat: seat?.seat });
      return answer.ok ? answered(answer.body) : answer;
    },
  };
  const outbox = createOutbox({
    store,
    clock,
    troubles,
    seats: createSeats(
      store,
      async () => ({}),
      '1.0.0',
      () => crypto.randomUUID(),
    ),
    settings: async () => settings,
    endpointOf: () => endpoint,
    changed: () => {},
  });
  return {
    outbox,
    store,
    clock,
    own,
    troubles,
    asked,
    enrolled: () => enrolled,
    answer: (how: Answering) => {
      answering = how;
    },
    /** A report like any other; gives its id. */
    add: async (kind: OutboxItem['kind'] = 'reports') => {
      const id = crypto.randomUUID();
      const event = { type: 'return', id, report: id, at: new Date(clock.now()).toISOString() } as const;
      await outbox.add({ kind, event }, { id, tabId: 1, at: clock.now(), state: 'waiting' });
      return id;
    },
    waiting: async () =>
      (await store.outbox()).filter(({ state }) => state === 'waiting').map(({ id }) => id),
    beats: async (times: number) => {
      for (let beat = 0; beat < times; beat += 1) {
        own.now += BEAT_MS;
        await outbox.send();
      }
    },
  };
}

const answered = (body: unknown) => ({
  ok: true as const,
  status: 200,
  headers: new Headers(),
  bytes: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
});

test('what is received is erased, and an empty outbox asks nothing', async () => {
  const { outbox, add, store, asked, waiting } = setUp();
  const id = await add();
  await outbox.send();
  await outbox.send(true);
  expect(asked).toMatchObject([{ path: '/v1/reports', ids: [id] }]);
  expect(await waiting()).toEqual([]);
  expect(await store.report(id)).toMatchObject({ state: 'received' });
});

test('promise 5: an event is added when its transaction has ended, and not at all when the disk refuses', async () => {
  const { outbox, store } = setUp();
  let onDisk: () => void = () => {};
  const disk = new Promise<void>((resolve) => {
    onDisk = resolve;
  });
  const real = store.addToOutbox;
  store.addToOutbox = async (...item) => {
    await disk;
    await real(...item);
  };
  const id = crypto.randomUUID();
  const event = { type: 'return', id, report: id, at: '2026-11-21T09:00:00.000Z' } as const;
  let added = false;
  const adding = outbox.add({ kind: 'reports', event }).then(() => {
    added = true;
  });
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  expect(added).toBe(false);
  onDisk();
  await adding;
  expect((await store.outbox()).map((item) => item.id)).toEqual([id]);

  store.addToOutbox = () => Promise.reject(new Error('the disk is full'));
  await expect(outbox.add({ kind: 'reports', event })).rejects.toThrow('the disk is full');
});

test('reports and requests go each their own way, fifty at a time, oldest first', async () => {
  const { outbox, own, add, asked, waiting } = setUp();
  const ids: string[] = [];
  for (let index = 0; index < 120; index += 1) {
    own.now += 1;
    ids.push(await add());
  }
  const request = await add('requests');
  await outbox.send();
  expect(asked.map(({ path, ids: sent }) => [path, sent.length])).toEqual([
    ['/v1/reports', 50],
    ['/v1/reports', 50],
    ['/v1/reports', 20],
    ['/v1/requests', 1],
  ]);
  expect(asked.flatMap(({ ids: sent }) => sent)).toEqual([...ids, request]);
  expect(await waiting()).toEqual([]);
});

const badAnswers: [string, Answering][] = [
  ['500', refused(500, 'no-words')],
  ['404', refused(404, 'no-words')],
  ['429', refused(429, 'too-many')],
  ['a proxy’s 400 in HTML', refused(400, 'no-words')],
  ['HTML with 200, as from a captive portal', () => ({ ok: true, body: '<!doctype html><h1>Sign in</h1>' })],
  ['half a receipt list', () => ({ ok: true, body: '{"receipts":[{"id":"' })],
  ['an empty body', () => ({ ok: true, body: '' })],
  ['a receipt list without our id', () => ({ ok: true, body: { receipts: [] } })],
  [
    'a receipt for somebody else’s report',
    () => ({ ok: true, body: { receipts: [{ id: crypto.randomUUID(), status: 'stored' }] } }),
  ],
  ['nothing at all', () => ({ ok: false, code: 'unreachable' })],
  ['half an answer', () => ({ ok: false, code: 'half-an-answer' })],
  ['an endless answer', () => ({ ok: false, code: 'too-large' })],
];

test.each(badAnswers)('%s: nothing is lost, and forty beats ask seldom', async (_, how) => {
  const { add, answer, beats, asked, waiting, troubles, outbox, store } = setUp();
  const id = await add();
  answer(how);
  await beats(40);
  // Twenty minutes: doubling from 2 s to 5 min, with jitter.
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(asked.length).toBeLessThanOrEqual(14);
  expect(await waiting()).toEqual([id]);
  expect(await store.report(id)).toMatchObject({ state: 'waiting' });
  expect(await troubles.list()).toMatchObject([{ where: 'outbox' }]);

  answer(stored);
  await outbox.send(true);
  expect(await waiting()).toEqual([]);
  expect(await troubles.list()).toEqual([]);
});

test('a child who presses does not wait for the back-off', async () => {
  const { add, answer, beats, outbox, asked, waiting } = setUp();
  await add();
  answer(refused(500, 'no-words'));
  await beats(20);
  answer(stored);
  const before = asked.length;
  await add();
  await outbox.send(true);
  expect(asked).toHaveLength(before + 1);
  expect(await waiting()).toEqual([]);
});

test('401: the seat is asked for anew, and the report goes out with it', async () => {
  const { add, answer, beats, outbox, asked, waiting, enrolled } = setUp();
  await add();
  answer(refused(401, 'unknown-seat'));
  await outbox.send(true);
  expect(enrolled()).toBe(1);
  answer(stored);
  await beats(2);
  expect(enrolled()).toBe(2);
  expect(asked).toHaveLength(2);
  expect(asked[1]?.seat).not.toBe(asked[0]?.seat);
  expect(await waiting()).toEqual([]);
});

test('one report that is refused for ever is set aside, visibly; the others arrive', async () => {
  const { add, answer, outbox, beats, store, waiting, asked, troubles } = setUp();
  const [first, bad, last] = [await add(), await add(), await add()];
  answer(({ ids }) => ({
    ok: true,
    body: {
      receipts: ids.map((id) =>
        id === bad ? { id, status: 'refused', code: 'malformed' } : { id, status: 'stored' },
      ),
    },
  }));
  await outbox.send(true);
  expect(await waiting()).toEqual([]);
  expect(await store.outbox()).toMatchObject([{ id: bad, state: 'aside', code: 'malformed' }]);
  for (const [id, state] of [
    [first, 'received'],
    [bad, 'aside'],
    [last, 'received'],
  ] as const)
    expect(await store.report(id)).toMatchObject({ state });
  expect(await troubles.list()).toMatchObject([{ where: 'outbox-aside', code: 'malformed' }]);
  await beats(40);
  expect(asked).toHaveLength(1);
});

test.each([
  ['413', refused(413, 'too-large')],
  ['413 of a proxy', refused(413, 'no-words')],
  ['400 of the endpoint', refused(400, 'malformed')],
])('%s for a whole batch: halved until what can never succeed stands alone', async (_, no) => {
  const { add, answer, outbox, store, waiting, asked } = setUp();
  const ids: string[] = [];
  for (let index = 0; index < 20; index += 1) ids.push(await add());
  const bad = ids[13] ?? '';
  answer((what) => (what.ids.includes(bad) ? no(what) : stored(what)));
  await outbox.send(true);
  expect(await waiting()).toEqual([]);
  expect((await store.outbox()).map(({ id, state }) => [id, state])).toEqual([[bad, 'aside']]);
  // Two for each halving of twenty, and the first.
  expect(asked.length).toBeLessThanOrEqual(11);
});

test('half the receipts: what is confirmed goes, what is not stays, and is not asked for again at once', async () => {
  const { add, answer, outbox, asked, waiting } = setUp();
  const [confirmed, open] = [await add(), await add()];
  answer(() => ({ ok: true, body: { receipts: [{ id: confirmed, status: 'stored' }] } }));
  await outbox.send(true);
  expect(await waiting()).toEqual([open]);
  expect(asked).toHaveLength(1);
});

test('worker and page send at the same moment: each report travels once', async () => {
  const name = `outbox-test-shared-${count++}`;
  const [worker, page] = [setUp({ name }), setUp({ name })];
  for (let index = 0; index < 10; index += 1) await worker.add();
  await Promise.all([worker.outbox.send(true), page.outbox.send(true), worker.outbox.send(true)]);
  const travelled = [...worker.asked, ...page.asked].flatMap(({ ids }) => ids);
  expect(travelled).toHaveLength(10);
  expect(new Set(travelled).size).toBe(10);
});

test.each([
  ['ahead', YEAR_MS],
  ['behind', -YEAR_MS],
])(
  'a device clock a year %s: nothing is lost, and the beat goes on when the endpoint corrects it',
  async (_, wrong) => {
    const right = Date.parse('2026-11-21T09:00:00Z');
    const { add, answer, outbox, clock, own, beats, waiting, asked } = setUp({ start: right + wrong });
    const pressed = await add();
    answer(refused(500, 'no-words'));
    await outbox.send(true);
    expect(await waiting()).toEqual([pressed]);
    // The endpoint's Date header, on any answer.
    clock.heard(right);
    const after = await add();
    answer(stored);
    const before = asked.length;
    own.now += BEAT_MS;
    await outbox.send();
    expect(
      asked
        .slice(before)
        .flatMap(({ ids }) => ids)
        .sort(),
    ).toEqual([pressed, after].sort());
    expect(await waiting()).toEqual([]);
    await beats(3);
    expect(asked).toHaveLength(before + 1);
  },
);

test('Chrome refuses keepalive bodies over 64 kB in bytes: reports with long titles travel without it', async () => {
  const keepalive: (boolean | undefined)[] = [];
  const endpoint = createEndpoint(
    settings.endpoint,
    async (_, init) => {
      keepalive.push(init?.keepalive);
      return new Response('{}');
    },
    createClock(() => 0),
  );
  const ofLetters = (letter: string) => ({ events: [letter.repeat(30_000)] });
  await endpoint.call('/v1/reports', { method: 'POST', json: ofLetters('a') });
  await endpoint.call('/v1/reports', { method: 'POST', json: ofLetters('ক') });
  expect(keepalive).toEqual([true, false]);
});
