import { locale, type Words } from './words.ts';

const minute = 60_000;
const offered = [15, 30, 60];

/**
 * The ends that a yes is offered with, the soonest first: some minutes ahead, and the latest that is allowed (the end
 * of the lesson, where the request came from one). Never past the latest; two within a minute are one.
 */
export function endsUpTo(now: number, latestEnd: string): string[] {
  const latest = Date.parse(latestEnd);
  const sooner = offered
    .map((minutes) => now + minutes * minute)
    .filter((end) => end < latest - minute)
    .map((end) => new Date(end).toISOString());
  return [...sooner, latestEnd];
}

/** How long somebody has waited, in the fewest words: "4 min", "1 hr 5 min", "2 days". */
export function waitWords(say: Words, ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / minute));
  if (minutes < 1) return say('waitsNow');
  if (minutes < 60) return say('waitsMinutes', String(minutes));
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return say('waitsHours', String(hours), String(minutes % 60));
  const days = Math.floor(hours / 24);
  return say(days === 1 ? 'waitsDay' : 'waitsDays', String(days));
}

/** The whole of these days by the clock of whoever asks: from midnight, to the last second of the last one. */
export const wholeDays = (from: string, to: string): { startsAt: string; endsAt: string } => ({
  startsAt: new Date(`${from}T00:00:00`).toISOString(),
  endsAt: new Date(`${to}T23:59:59`).toISOString(),
});

/** A day as a date field writes it, so many days from now, by the clock of whoever looks. */
export function dayAhead(now: Date, days: number): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/**
 * A moment of a period: "Mon, 30 Nov", and its time where it is neither the first nor the last minute of its day;
 * today the time alone, or "today".
 */
export function momentWords(at: string, now: Date): string {
  const then = new Date(at);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(then);
  const isWholeDay = time === '00:00' || time === '23:59';
  if (then.toDateString() === now.toDateString())
    return isWholeDay ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'day') : time;
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(then);
  return isWholeDay ? day : `${day}, ${time}`;
}
