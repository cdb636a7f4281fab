import { locale, type Words } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The days between two instants as a calendar on the wall counts them, whatever the clocks did between. */
function calendarDays(from: Date, to: Date, timeZone: string | undefined): number {
  const date = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return Math.round((Date.parse(date.format(to)) - Date.parse(date.format(from))) / day);
}

/**
 * How long ago, in the fewest words that stay true: "4 min ago", "2 hr ago", "yesterday, 14:05", "Monday, 14:05",
 * "12 March". An instant ahead of our clock counts as now: two clocks never agree to the second.
 */
export function relative(say: Words, at: Date, now: Date, timeZone?: string): string {
  const ago = now.getTime() - at.getTime();
  const days = calendarDays(at, now, timeZone);
  const spoken = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
  if (ago < minute) return say('justNow');
  if (ago < hour) return spoken.format(-Math.floor(ago / minute), 'minute');
  if (days <= 0) return spoken.format(-Math.floor(ago / hour), 'hour');
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  if (days === 1) return say('dayAndTime', spoken.format(-1, 'day'), time);
  if (days < 7) return say('dayAndTime', weekday(at, timeZone), time);
  return calendarDay(at, now, timeZone);
}

export const weekday = (at: Date, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' }).format(at);

/** "12 March", and the year where it is another one. */
export function calendarDay(at: Date, now: Date, timeZone?: string): string {
  const year = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric' });
  const sameYear = year.format(at) === year.format(now);
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** To the second, for the record: "21 Nov, 09:41:07", and the year where it is another one. */
export function exact(at: Date, now: Date, timeZone?: string): string {
  const year = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric' });
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    ...(year.format(at) === year.format(now) ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}
