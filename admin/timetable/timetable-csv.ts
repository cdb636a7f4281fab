import { SupervisedHour, type Timetable } from '../../rules/timetable.ts';
import { groupIdOf, type Issue, stageIn } from '../groups/class-list.ts';
import { type NamedFile, readCsv } from '../groups/csv.ts';

export type TimetableRead =
  | { ok: true; timetable: Timetable }
  | { ok: false; code: 'not-a-timetable'; issues: Issue[] };

const needed = ['kind', 'title', 'days', 'from', 'until', 'adult'] as const;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * A timetable from a CSV: `kind` (lesson, window or holiday), `title`, `days` ("Mon Wed"), `from`, `until` (09:05; for
 * a holiday, dates), `classes` (several with a semicolon), `stages`, `adult`, `place`. All or nothing.
 */
export function readTimetable(file: NamedFile): TimetableRead {
  const csv = readCsv(file);
  const refused = (issues: Issue[]): TimetableRead => ({ ok: false, code: 'not-a-timetable', issues });
  if (!csv.ok) return refused(csv.issues);
  const missing = needed.filter((column) => !csv.columns.includes(column));
  if (missing.length > 0)
    return refused(
      missing.map((column) => ({
        file: file.name,
        line: 1,
        column,
        problem: `is missing; the columns are ${csv.columns.join(', ')}`,
      })),
    );
  const issues: Issue[] = [];
  const timetable: Timetable = { hours: [], holidays: [] };
  for (const { line, values } of csv.rows) {
    const wrong = (column: string, problem: string) =>
      issues.push({ file: file.name, line, column, problem });
    const { kind = '', title = '', from = '', until = '' } = values;
    if (kind === 'holiday') {
      for (const column of ['from', 'until'] as const)
        if (!/^\d{4}-\d{2}-\d{2}$/.test(values[column] ?? ''))
          wrong(column, `"${values[column]}" is not a day such as 2026-10-26`);
      timetable.holidays.push({ title, from, until });
      continue;
    }
    const dayNumbers = wordsIn(values.days).map((word) => days.indexOf(word.slice(0, 3).toLowerCase()) + 1);
    if (dayNumbers.includes(0) || dayNumbers.length === 0)
      wrong('days', `"${values.days}" are not days such as Mon Tue Fri`);
    const stages = wordsIn(values.stages).map((word) => ({ word, stage: stageIn(word) }));
    for (const { word, stage } of stages) if (!stage) wrong('stages', `"${word}" is not a stage such as KS2`);
    const groups = listIn(values.classes).map(groupIdOf);
    const read = SupervisedHour.safeParse({
      id: `row-${line}`,
      kind,
      title,
      days: dayNumbers,
      from: from.padStart(5, '0'),
      until: until.padStart(5, '0'),
      adult: values.adult ?? '',
      ...(groups.length > 0 ? { groups } : {}),
      ...(stages.length > 0 ? { stages: stages.flatMap(({ stage }) => stage ?? []) } : {}),
      ...(values.place ? { place: values.place } : {}),
    });
    if (read.success) timetable.hours.push(read.data);
    else
      for (const { path, message } of read.error.issues)
        if (path[0] !== 'days') wrong(columnOf(String(path[0])), said(values, String(path[0]), message));
  }
  return issues.length > 0 ? refused(issues.slice(0, 50)) : { ok: true, timetable };
}

/** Classes may have a space in their name, so only a semicolon or a bar parts them. */
const listIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter(Boolean);
const wordsIn = (text: string | undefined): string[] => (text ?? '').split(/[\s;,|]+/).filter(Boolean);
const columnOf = (field: string): string => (field === 'groups' ? 'classes' : field);
const said = (values: Record<string, string>, field: string, message: string): string =>
  field === 'kind'
    ? `"${values.kind}" is not lesson, window or holiday`
    : `"${values[field] ?? ''}": ${message}`;
