/** Which column of a timetable's file holds what. */
export type TimetableColumns = {
  days: string;
  from: string;
  until: string;
  classes: string;
  stages: string;
  title: string;
  adult: string;
  place: string;
  kind: string;
};

/** The names by which a column is found by itself, as registers and timetabling programs write them. */
const usual: { [part in keyof TimetableColumns]: readonly string[] } = {
  days: ['days', 'day', 'weekday', 'weekdays', 'day of week'],
  from: ['from', 'start', 'start time', 'starts', 'begins'],
  until: ['until', 'end', 'end time', 'ends', 'to', 'finish'],
  classes: ['classes', 'class', 'group', 'groups', 'form', 'reg', 'teaching group', 'class/group'],
  stages: ['stages', 'stage', 'key stage'],
  title: ['title', 'subject', 'lesson', 'activity', 'course'],
  adult: ['adult', 'supervisor', 'teacher', 'staff', 'teacher name'],
  place: ['place', 'room', 'location', 'where'],
  kind: ['kind', 'type'],
};
export const timetableParts = Object.keys(usual) as (keyof TimetableColumns)[];
const needed = ['days', 'from', 'until'] as const;

type Found =
  | { ok: true; columns: Partial<TimetableColumns> }
  | { ok: false; problems: { column: string; problem: string }[] };

/** The columns that a person named, and the usual names for the rest. */
export function columnsOf(header: readonly string[], named: Partial<TimetableColumns>): Found {
  const problems: { column: string; problem: string }[] = [];
  const there = `the columns are ${header.join(', ')}`;
  const find = (part: keyof TimetableColumns): string | undefined => {
    const wanted = named[part];
    if (wanted === undefined) return header.find((column) => usual[part].includes(column.toLowerCase()));
    if (header.includes(wanted)) return wanted;
    problems.push({ column: wanted, problem: `is missing (for ${part}); ${there}` });
    return undefined;
  };
  const columns: Partial<TimetableColumns> = {};
  for (const part of timetableParts) {
    const column = find(part);
    if (column !== undefined) columns[part] = column;
  }
  const like = (part: keyof TimetableColumns) => `such as "${usual[part].slice(0, 3).join('", "')}"`;
  for (const part of needed)
    if (columns[part] === undefined && named[part] === undefined)
      problems.push({ column: part, problem: `is missing (${like(part)}); ${there}` });
  if (columns.classes === undefined && columns.stages === undefined && named.classes === undefined)
    problems.push({ column: 'classes', problem: `is missing (${like('classes')}); ${there}` });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, columns };
}
