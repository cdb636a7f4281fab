import { isEarlyYears, type Stage } from '../../rules/stages.ts';
import { SupervisedHour, type Timetable } from '../../rules/timetable.ts';
import { groupIdOf, type Issue, stageIn } from '../groups/class-list.ts';
import { type NamedFile, readCsv } from '../groups/csv.ts';
import { columnsOf, type TimetableColumns } from './columns.ts';

export type TimetableRead =
  | { ok: true; timetable: Timetable }
  | { ok: false; code: 'not-a-timetable'; issues: Issue[] };

/** A class that a timetable may name. */
export type KnownClass = { id: string; name: string; stage: Stage };

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A register's export of lessons often says no teacher: whoever takes the class is there. */
const SOMEBODY = 'The class’s teacher';
/** How many issues are told at once: after these a person mends the file and tries again. */
const ISSUES_TOLD = 50;

/**
 * A timetable from a CSV, a line for each hour: days, from, until, classes; and, where it has them, subject, adult,
 * place, stages and kind (lesson, window or holiday; a lesson if it does not say). A holiday has dates. Every class
 * must be one of the school's, and none of EYFS or KS1: there a lesson begins when an adult starts it. All or nothing.
 */
export function readTimetable(
  file: NamedFile,
  named: Partial<TimetableColumns> = {},
  classes: readonly KnownClass[] | null = null,
): TimetableRead {
  const csv = readCsv(file);
  const refused = (issues: Issue[]): TimetableRead => ({
    ok: false,
    code: 'not-a-timetable',
    issues: issues.slice(0, ISSUES_TOLD),
  });
  if (!csv.ok) return refused(csv.issues);
  const found = columnsOf(csv.columns, named);
  if (!found.ok)
    return refused(
      found.problems.map(({ column, problem }) => ({ file: file.name, line: 1, column, problem })),
    );
  const { columns } = found;
  const issues: Issue[] = [];
  const timetable: Timetable = { hours: [], holidays: [] };
  const seen = new Map<string, number>();
  for (const { line, values } of csv.rows) {
    const of = (part: keyof TimetableColumns): string => values[columns[part] ?? ''] ?? '';
    const wrong = (part: keyof TimetableColumns, problem: string) =>
      issues.push({ file: file.name, line, column: columns[part] ?? part, problem });
    const kind = of('kind').toLowerCase() || 'lesson';
    if (kind === 'holiday') {
      for (const part of ['from', 'until'] as const)
        if (!/^\d{4}-\d{2}-\d{2}$/.test(of(part)))
          wrong(part, `"${of(part)}" is not a day such as 2026-10-26`);
      timetable.holidays.push({ title: of('title') || 'Holiday', from: of('from'), until: of('until') });
      continue;
    }
    const dayNumbers = daysIn(of('days'));
    if (dayNumbers.includes(0) || dayNumbers.length === 0)
      wrong('days', `"${of('days')}" are not days such as Mon Tue Fri`);
    const stages = wordsIn(of('stages')).map((word) => ({ word, stage: stageIn(word) }));
    for (const { word, stage } of stages)
      if (!stage) wrong('stages', `"${word}" is not a stage such as KS2`);
      else if (isEarlyYears(stage)) wrong('stages', neverByTimetable(word, stage));
    const groups = listIn(of('classes')).map((name) => {
      const known = classes?.find((one) => one.id === groupIdOf(name) || sameName(one.name, name));
      if (classes && !known) wrong('classes', `there is no class "${name}"`);
      else if (known && isEarlyYears(known.stage)) wrong('classes', neverByTimetable(name, known.stage));
      return known?.id ?? groupIdOf(name);
    });
    if (groups.length === 0 && stages.length === 0)
      wrong('classes', 'names no class and no stage, so it would hold for nobody');
    const [from, until] = [timeIn(of('from')), timeIn(of('until'))];
    if (until <= from && isTime(from) && isTime(until)) wrong('until', `${until} is not after ${from}`);
    if (kind === 'window' && of('place') === '')
      wrong('place', 'a window beside the lessons names the place where its adult is');
    const read = SupervisedHour.safeParse({
      id: `${kind}-${line}`,
      kind,
      title: of('title') || (kind === 'window' ? 'Supervised' : 'Lesson'),
      days: dayNumbers,
      from,
      until,
      adult: of('adult') || (kind === 'lesson' ? SOMEBODY : ''),
      ...(groups.length > 0 ? { groups } : {}),
      ...(stages.length > 0 ? { stages: stages.flatMap(({ stage }) => stage ?? []) } : {}),
      ...(of('place') ? { place: of('place') } : {}),
    });
    if (!read.success) {
      for (const { path, message } of read.error.issues)
        if (path[0] !== 'days') {
          const part = partOf(String(path[0]));
          wrong(part, said(part, of(part), message));
        }
      continue;
    }
    const { id: _, ...hour } = read.data;
    const again = JSON.stringify(hour);
    const first = seen.get(again);
    if (first !== undefined) wrong('days', `says the same as line ${first}`);
    seen.set(again, line);
    timetable.hours.push(read.data);
  }
  if (csv.rows.length === 0)
    issues.push({ file: file.name, line: 2, column: null, problem: 'has a header and no hour under it' });
  return issues.length > 0 ? refused(issues) : { ok: true, timetable };
}

const neverByTimetable = (name: string, stage: Stage): string =>
  `"${name}" is ${stage}: EYFS and KS1 open by a lesson that an adult starts, never by timetable`;

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isTime = (text: string): boolean => /^\d\d:\d\d$/.test(text);
/** "9:05", "9.05" and "09:05:00" as 09:05; anything else as it stands, for the sentence that refuses it. */
const timeIn = (text: string): string => {
  const [, hour = '', minute] = /^(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec(text) ?? [];
  return minute === undefined ? text : `${hour.padStart(2, '0')}:${minute}`;
};

/** Monday is 1; 0 is no day. "Mon-Fri" is all of them. */
const daysIn = (text: string): number[] =>
  wordsIn(text).flatMap((word) => {
    const [first = 0, last = first] = word.split(/[-–]/).map(dayIn);
    if (first === 0 || last < first) return [0];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
const dayIn = (word: string): number => {
  const at = days.indexOf(word.slice(0, 3).toLowerCase());
  return at >= 0 && /^[a-z]+\.?$/i.test(word) ? at + 1 : /^[1-7]$/.test(word) ? Number(word) : 0;
};

/** Classes may have a space in their name, so only a semicolon or a bar parts them. */
const listIn = (text: string): string[] =>
  text
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter(Boolean);
const wordsIn = (text: string): string[] => text.split(/[\s;,|]+/).filter(Boolean);
const partOf = (field: string): keyof TimetableColumns =>
  field === 'groups' ? 'classes' : (field as keyof TimetableColumns);
function said(part: keyof TimetableColumns, value: string, message: string): string {
  if (part === 'kind') return `"${value}" is not lesson, window or holiday`;
  return part === 'adult' ? 'names nobody who is there' : `"${value}": ${message}`;
}
