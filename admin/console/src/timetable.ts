import { type ImportTimetable, TimetablePage, TimetableSaid } from '../../timetable/wire.ts';
import type { Api } from './api.ts';

/** The week of every class, and another timetable in its place, as the console asks for them. */
export const timetableApi = ({ asked }: Pick<Api, 'asked'>) => ({
  week: () => asked(TimetablePage, 'GET', '/console/api/timetable'),
  /** `note: null` changes nothing. A refusal carries each wrong place of the file. */
  import: (timetable: ImportTimetable) =>
    asked(TimetableSaid, 'POST', '/console/api/timetable/import', timetable),
});

/** The days on which something is, Monday to Friday at least. 1 is Monday. */
export function daysOf(hours: readonly { days: readonly number[] }[]): number[] {
  const last = Math.max(5, ...hours.flatMap(({ days }) => days));
  return Array.from({ length: last }, (_, at) => at + 1);
}
