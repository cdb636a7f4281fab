/** Device time in milliseconds since 1970, and what the endpoint told us of it. */
export type Clock = {
  /** The latest ever seen: setting the computer's clock back turns nothing back (promise 10). */
  now(): number;
  /** The endpoint's word counts for more than the computer's clock, in both directions. */
  heard(endpointTime: number): void;
  /** What an earlier run kept: the latest time, and how far the endpoint was ahead of the computer. */
  startFrom(latest: number, ahead?: number): void;
  /** How far the endpoint's time is ahead of the computer's, in milliseconds: to be kept. */
  ahead(): number;
};

const HEADER_MS = 2_000;

/**
 * `own` is the computer's clock. A clock that is a day ahead would end every
 * lesson for good if the latest time only ever grew: so the endpoint, reached over TLS, may correct it, and nobody
 * else can turn it back (docs/decisions/004).
 */
export function createClock(own: () => number): Clock {
  let seen = 0;
  let ahead = 0;
  const now = () => {
    seen = Math.max(seen, own() + ahead);
    return seen;
  };
  return {
    now,
    heard: (endpointTime) => {
      // A Date header counts whole seconds: so small a difference is no wrong clock, and must not step time back.
      if (Math.abs(endpointTime - now()) < HEADER_MS) return;
      ahead = endpointTime - own();
      seen = endpointTime;
    },
    startFrom: (latest, kept = 0) => {
      ahead = kept;
      seen = Math.max(seen, latest);
    },
    ahead: () => ahead,
  };
}
