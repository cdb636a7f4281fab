import { locale } from './words.ts';

/** "15:30": on the wall of whoever looks, as at every school that one console serves. */
export const clockTime = (at: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** Today at a time of day such as "15:30". */
export function todayAt(time: string, now: Date): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
}
