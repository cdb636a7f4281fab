import type { Policy } from './policy.ts';
import { localTime } from './wall-clock.ts';

type LookedAt = Policy['reports']['lookedAt'];

/** True while somebody looks at reports, in the school's own time zone. `now` in milliseconds. */
export function isLookedAt({ days, from, until }: LookedAt, timeZone: string, now: number): boolean {
  const { weekday, time } = localTime(timeZone, now);
  return days.includes(weekday) && time >= from && time < until;
}

const STEP_MS = 5 * 60_000;
const AT_MOST_MS = 8 * 24 * 3_600_000;

/** When somebody looks next, to five minutes, in milliseconds; null if nobody does within eight days. */
export function nextLook(lookedAt: LookedAt, timeZone: string, now: number): number | null {
  // Walking the clock takes summer time as it comes; it is at most some two thousand steps, once a page.
  for (let at = Math.ceil(now / STEP_MS) * STEP_MS; at < now + AT_MOST_MS; at += STEP_MS)
    if (isLookedAt(lookedAt, timeZone, at)) return at;
  return null;
}
