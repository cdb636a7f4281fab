import type { Policy } from '../../rules/policy.ts';
import { instantOf, localTime } from '../../rules/wall-clock.ts';

/** Where no timetable says when the last lesson ends. */
const USUAL_END = '16:00';

/** When today's last lesson ends by the school's wall clock; null once it is over. */
export function schoolEndsAt({ timeZone, timetable }: Pick<Policy, 'timeZone' | 'timetable'>, now: Date) {
  const { date, weekday } = localTime(timeZone, now.getTime());
  const lessons = timetable?.hours.filter(({ kind, days }) => kind === 'lesson' && days.includes(weekday));
  const last =
    lessons
      ?.map(({ until }) => until)
      .sort()
      .at(-1) ?? USUAL_END;
  const at = instantOf(timeZone, date, last);
  return at > now.getTime() ? new Date(at).toISOString() : null;
}
