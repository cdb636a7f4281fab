import type { Words } from './words.tsx';

const DAY_MS = 86_400_000;

/**
 * A moment as a person says it: "10:15" today, "Monday 10:15" within a week, "3 November" later. `timeZone` is the
 * school's; without it the computer's own.
 */
export function momentInWords(moment: number, now: number, words: Words, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  const written = (options: Intl.DateTimeFormatOptions, at: number) =>
    new Intl.DateTimeFormat('en-GB', { ...zone, ...options }).format(at);
  const day = (at: number) => written({ dateStyle: 'short' }, at);
  const time = written({ hour: '2-digit', minute: '2-digit' }, moment);
  if (day(moment) === day(now)) return time;
  if (moment - now < 6 * DAY_MS) return words('day_and_time', written({ weekday: 'long' }, moment), time);
  return written({ day: 'numeric', month: 'long' }, moment);
}
