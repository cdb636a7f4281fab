import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../../utils/clock.ts';
import type { InForce } from '../../../utils/enforce.ts';
import { createLessons, nextMoment, setEndAlarm } from '../../../utils/lessons.ts';
import type { State, Store } from '../../../utils/store.ts';

const minute = 60_000;
const noon = Date.parse('2026-11-20T12:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: noon }));
afterEach(() => void vi.useRealTimers());

const inForce = (changes: Partial<InForce>): InForce => ({
  at: noon,
  stage: 'KS2',
  versions: { policy: null, catalogue: null, orders: null },
  lists: null,
  sessionDigest: '',
  rules: { session: 0, dynamic: 0 },
  notFitted: [],
  unread: [],
  holdsUntil: null,
  ending: null,
  ...changes,
});
const lessonUntil = (at: number) => inForce({ holdsUntil: at, ending: { at, what: 'lesson', id: 'maths' } });

/** A worker whose enforcement ends what has ended, and forgets it. */
function worker(
  first: InForce,
  own: () => number = Date.now,
  chrome: { refuses?: boolean } = {},
  disk: { isFull?: boolean; isUnreadable?: boolean } = {},
) {
  const state = new Map<string, unknown>([['inForce', first]]);
  const store = {
    get: async (key: keyof State) => {
      if (disk.isUnreadable) throw new Error('Encountered full disk while opening backing store');
      return state.get(key);
    },
    set: async (key: keyof State, value: unknown) => {
      if (disk.isFull) throw new Error('QuotaExceededError');
      state.set(key, value);
    },
  } as unknown as Store;
  const happened: string[] = [];
  const clock = createClock(own);
  const since = () => `${(Date.now() - noon) / 1_000} s`;
  const lessons = createLessons({
    store,
    clock,
    bringInForce: async () => {
      happened.push(`closed at ${since()}`);
      if (!chrome.refuses) state.set('inForce', inForce({}));
    },
    warn: async ({ what }) => void happened.push(`warned of ${what} at ${since()}`),
    unwarn: async () => void happened.push(`unwarned at ${since()}`),
  });
  return { lessons, happened, clock, put: (next: InForce) => state.set('inForce', next) };
}

test('a lesson ends to the moment, with a warning two minutes before, once', async () => {
  const { lessons, happened } = worker(lessonUntil(noon + 40 * minute));
  await lessons.look();
  await vi.advanceTimersByTimeAsync(38 * minute - 1);
  expect(happened).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(happened).toEqual(['warned of lesson at 2280 s']);
  // Whatever wakes it meanwhile says nothing twice.
  await Promise.all([lessons.look(), lessons.look()]);
  await vi.advanceTimersByTimeAsync(2 * minute - 1);
  expect(happened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(happened.slice(1)).toEqual(['closed at 2400 s', 'unwarned at 2400 s']);
});

test('a worker that wakes after the end ends it at once', async () => {
  const { lessons, happened } = worker(lessonUntil(noon - 5 * minute));
  await lessons.look();
  expect(happened).toEqual(['closed at 0 s']);
});

test('a lesson that goes on longer takes the warning back, and warns of its new end', async () => {
  const { lessons, happened, put } = worker(lessonUntil(noon + minute));
  await lessons.look();
  put(lessonUntil(noon + 30 * minute));
  await lessons.look();
  expect(happened).toEqual(['warned of lesson at 0 s', 'unwarned at 0 s']);
  await vi.advanceTimersByTimeAsync(28 * minute);
  expect(happened.slice(2)).toEqual(['warned of lesson at 1680 s']);
});

test('a computer whose clock is set back an hour in the lesson ends it all the same', async () => {
  let back = 0;
  const { lessons, happened, clock } = worker(lessonUntil(noon + 10 * minute), () => Date.now() - back);
  await lessons.look();
  await vi.advanceTimersByTimeAsync(3 * minute);
  clock.now();
  back = 60 * minute;
  clock.now();
  // The socket's beats, pages and alarms look at the clock again and again.
  for (let beats = 0; beats < 24; beats += 1) {
    await vi.advanceTimersByTimeAsync(20_000);
    clock.now();
  }
  expect(happened).toContain('closed at 600 s');
});

test('two wakes in the same moment tell once', async () => {
  const { lessons, happened } = worker(lessonUntil(noon + minute));
  await Promise.all([lessons.look(), lessons.look(), lessons.look()]);
  expect(happened).toEqual(['warned of lesson at 0 s']);
});

test('rules that Chrome refuses are tried again at the pace of the beat, not in a circle', async () => {
  const chrome = { refuses: true };
  const { lessons, happened } = worker(lessonUntil(noon - minute), Date.now, chrome);
  await lessons.look();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(happened.filter((what) => what.startsWith('closed'))).toEqual(['closed at 0 s', 'closed at 30 s']);
  chrome.refuses = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(happened.at(-2)).toBe('closed at 60 s');
});

test('what starts later is looked at then, and nothing to come sets no timer', async () => {
  const { lessons, happened, put } = worker(inForce({ holdsUntil: noon + 5 * minute }));
  await lessons.look();
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(happened).toEqual(['closed at 300 s']);
  expect(vi.getTimerCount()).toBe(0);
  put(inForce({}));
  await lessons.look();
  expect(vi.getTimerCount()).toBe(0);
});

test("the alarm rings by the computer's clock for the moment in device time", async () => {
  const clock = createClock(() => noon);
  clock.heard(noon + 60 * minute);
  const rung: unknown[] = [];
  const alarms = {
    create: (name: string, { when }: { when: number }) => rung.push([name, when]),
    clear: (name: string) => rung.push([name, null]),
  };
  await setEndAlarm(alarms, clock, lessonUntil(noon + 70 * minute));
  await setEndAlarm(alarms, clock, lessonUntil(noon + 61 * minute));
  await setEndAlarm(alarms, clock, inForce({}));
  expect(rung).toEqual([
    ['end', noon + 8 * minute],
    ['end', noon + minute],
    ['end', null],
  ]);
});

test('of start, end and warning the first to come counts', () => {
  const ending = { at: noon + 20 * minute, what: 'grant' as const, id: 'g' };
  expect(nextMoment({ holdsUntil: noon + 15 * minute, ending }, noon)).toBe(noon + 15 * minute);
  expect(nextMoment({ holdsUntil: noon + 19 * minute, ending }, noon)).toBe(noon + 18 * minute);
  expect(nextMoment({ holdsUntil: noon + 20 * minute, ending }, noon + 19 * minute)).toBe(noon + 20 * minute);
  expect(nextMoment({ holdsUntil: null, ending: null }, noon)).toBeNull();
});

test('promise 10: a full disk holds up no end, and what it cannot read is judged again, also when it can', async () => {
  const disk = { isFull: true, isUnreadable: false };
  const { lessons, happened } = worker(lessonUntil(noon + 3 * minute), Date.now, {}, disk);
  await lessons.look();
  await vi.advanceTimersByTimeAsync(3 * minute);
  expect(happened).toEqual(['closed at 180 s']);
  disk.isUnreadable = true;
  await lessons.look();
  disk.isUnreadable = false;
  await lessons.look();
  await lessons.look();
  expect(happened).toEqual(['closed at 180 s', 'closed at 180 s', 'closed at 180 s']);
});
