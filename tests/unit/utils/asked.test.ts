import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { AnswerToRequest, Orders } from '../../../rules/orders.ts';
import { createAsked } from '../../../utils/asked.ts';
import { createStore } from '../../../utils/store.ts';

const start = Date.parse('2026-11-20T10:00:00Z');
const hour = 3_600_000;
const page = 'https://site.example/games?level=2';
const request = '7b0f5b0e-6a5c-4b43-9b1e-0d2f6f0d9a11';

function setUp() {
  const time = { now: start };
  const store = createStore(crypto.randomUUID());
  return { time, store, asked: createAsked(store, { now: () => time.now }) };
}
const ordersWith = (answer: Partial<AnswerToRequest>): Orders =>
  ({
    answers: [
      { request, answer: 'no', by: 'Ms Reed', reason: '', at: new Date(start).toISOString(), ...answer },
    ],
  }) as Orders;
const waiting = (state: 'waiting' | 'aside') => ({
  id: request,
  kind: 'requests' as const,
  event: { type: 'request', id: request } as never,
  addedAt: start,
  state,
});

test('a page that nobody asked for has nothing to tell', async () => {
  const { asked } = setUp();
  expect(await asked.of(page, null)).toBeUndefined();
  await asked.keep(request, page, true);
  expect(await asked.of('https://site.example/games', null)).toBeUndefined();
});

test('sending, then with the teacher, then the answer; set aside is said too', async () => {
  const { asked, store } = setUp();
  await store.addToOutbox(waiting('waiting'));
  await asked.keep(request, page, true);
  expect(await asked.of(page, null)).toBe('sending');
  await store.setAside(request, 'refused');
  expect(await asked.of(page, null)).toBe('set-aside');
  await store.eraseReceived(request);
  expect(await asked.of(page, null)).toEqual({ sentAt: start, to: 'teacher' });
  expect(await asked.of(page, ordersWith({ reason: 'next week' }))).toEqual({
    answer: 'no',
    by: 'Ms Reed',
    because: 'next week',
  });
});

test('the newest request for a page counts, and another request’s answer is not this one’s', async () => {
  const { asked, time } = setUp();
  await asked.keep(request, page, true);
  time.now += hour;
  await asked.keep('11111111-1111-4111-8111-111111111111', page, false);
  expect(await asked.of(page, ordersWith({}))).toEqual({ sentAt: start + hour, to: 'school' });
});

test('a yes that is over, a no of yesterday and an old question are gone: the child may ask again', async () => {
  const { asked, time } = setUp();
  await asked.keep(request, page, true);
  const yes = ordersWith({ answer: 'yes', until: new Date(start + hour).toISOString() });
  expect(await asked.of(page, yes)).toMatchObject({ answer: 'yes' });
  time.now += 2 * hour;
  expect(await asked.of(page, yes)).toBeUndefined();
  expect(await asked.of(page, ordersWith({}))).toMatchObject({ answer: 'no' });
  time.now += 12 * hour;
  expect(await asked.of(page, ordersWith({}))).toBeUndefined();
  time.now += 5 * 24 * hour;
  expect(await asked.of(page, null)).toBeUndefined();
});

test('what stays on the device names no page, and two profiles’ fingerprints of one page differ', async () => {
  const [one, two] = [setUp(), setUp()];
  await one.asked.keep(request, page, true);
  await two.asked.keep(request, page, true);
  const [kept, other] = [await one.store.get('asked'), await two.store.get('asked')];
  expect(JSON.stringify(kept)).not.toMatch(/site|games|https/);
  expect(kept?.pages[0]?.page).not.toBe(other?.pages[0]?.page);
});
