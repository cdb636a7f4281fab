import type { Store } from './store.ts';

/** Device time in milliseconds since 1970, and what the endpoint told us of it. */
export type Clock = {
  /** The latest ever seen: setting the computer's clock back turns nothing back (promise 10). */
  now(): number;
  /** The endpoint's word counts for more than the computer's clock, in both directions. */
  heard(endpointTime: number): void;
  /** What an earlier run kept: the latest time, how far the endpoint was ahead, and the computer's clock then. */
  startFrom(latest: number, ahead?: number, ownThen?: number): void;
  /** How far the endpoint's time is ahead of the computer's, in milliseconds: to be kept. */
  ahead(): number;
  /** The computer's own clock: to be kept beside the latest time, so that both go on together. */
  own(): number;
};

/** What a clock needs to go on from, in another context or after a restart. On a full disk the next beat keeps it. */
export async function keepTime(store: Pick<Store, 'set'>, clock: Clock): Promise<void> {
  await Promise.allSettled([
    store.set('latestTime', clock.now()),
    store.set('clockAhead', clock.ahead()),
    store.set('ownTime', clock.own()),
  ]);
}

const HEADER_MS = 2_000;
/** Behind the latest time, no look at the clock moves on by more: putting a wrong clock right is no passing of time. */
const STEP_MS = 5 * 60_000;
/** A year of five digits is no instant of the wire: a report with it would be refused, and lost for a wrong clock. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/**
 * `own` is the computer's clock. A clock that is a day ahead would end every
 * lesson for good if the latest time only ever grew: so the endpoint, reached over TLS, may correct it, and nobody
 * else can turn it back (docs/decisions/004). A clock that was set back does not stop device time: it goes on at that
 * clock's pace, or an opening would last until the clock has caught up (promise 10).
 */
export function createClock(own: () => number): Clock {
  let seen = 0;
  let ahead = 0;
  let last: number | null = null;
  const now = () => {
    const told = Math.min(own() + ahead, LATEST_MS);
    const passed = last === null ? 0 : Math.min(STEP_MS, Math.max(0, told - last));
    seen = Math.max(told, seen + (told < seen ? passed : 0));
    last = told;
    return seen;
  };
  return {
    now,
    heard: (endpointTime) => {
      // A Date header counts whole seconds: so small a difference is no wrong clock, and must not step time back.
      if (Math.abs(endpointTime - now()) < HEADER_MS) return;
      ahead = endpointTime - own();
      seen = endpointTime;
      last = endpointTime;
    },
    startFrom: (latest, kept = 0, ownThen) => {
      ahead = kept;
      seen = Math.max(seen, latest);
      last = ownThen === undefined ? null : ownThen + kept;
    },
    ahead: () => ahead,
    own,
  };
}
