import type { Policy } from './policy.ts';

type LookedAt = Policy['reports']['lookedAt'];

/** True while somebody looks at reports, in the school's own time zone. `now` in milliseconds. */
export function isLookedAt({ days, from, until }: LookedAt, timeZone: string, now: number): boolean {
  const parts = clockOf(timeZone).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  return days.includes(weekdays.indexOf(part('weekday')) + 1) && time >= from && time < until;
}
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** To make one costs twenty times what it costs to ask it, and `nextLook` asks two thousand times. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const made = clocks.get(timeZone);
  if (made) return made;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
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
