import {
  accountOf,
  type ClassList,
  type ClassListRead,
  groupIdOf,
  type Issue,
  isAccount,
  refusedList,
  stageIn,
  youngest,
} from './class-list.ts';
import { type NamedFile, readCsv } from './csv.ts';

/** Which column holds what. `stage` may hold a stage or a year. `teacher` is the e-mail of who has the class. */
export type Mapping = { account: string; name: string; group: string; stage: string; teacher?: string };

const usual: { [part in keyof Mapping]-?: readonly string[] } = {
  account: ['account', 'email', 'e-mail', 'email address', 'school email', 'google account', 'username'],
  name: ['name', 'full name', 'pupil', 'pupil name', 'student', 'legal name', 'preferred name'],
  group: ['group', 'class', 'reg', 'reg group', 'registration group', 'form', 'tutor group'],
  stage: ['stage', 'key stage', 'year', 'year group', 'nc year', 'national curriculum year', 'yr'],
  teacher: ['teacher', 'teacher email', 'class teacher', 'form tutor email'],
};
const needed = ['account', 'name', 'group', 'stage'] as const;

/** The columns that a person named, and the usual names for the rest. */
export function mappingFor(
  columns: readonly string[],
  named: Partial<Mapping>,
): { ok: true; mapping: Mapping } | { ok: false; problems: string[] } {
  const problems: string[] = [];
  const find = (part: keyof Mapping): string | undefined => {
    const wanted = named[part];
    if (wanted !== undefined) {
      if (columns.includes(wanted)) return wanted;
      problems.push(`has no column "${wanted}" for ${part}; its columns are ${columns.join(', ')}`);
      return undefined;
    }
    return columns.find((column) => usual[part].includes(column.toLowerCase()));
  };
  const found = Object.fromEntries(
    (Object.keys(usual) as (keyof Mapping)[]).map((part) => [part, find(part)]),
  ) as { [part in keyof Mapping]?: string };
  for (const part of needed)
    if (found[part] === undefined && named[part] === undefined)
      problems.push(
        `has no column for ${part} (such as "${usual[part].slice(0, 3).join('", "')}"); its columns are ${columns.join(', ')}`,
      );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, mapping: found as Mapping };
}

/** Class lists from any CSV: one line for each pupil and class. All or nothing. */
export function readMapped(file: NamedFile, named: Partial<Mapping>): ClassListRead {
  const csv = readCsv(file);
  if (!csv.ok) return refusedList(csv.issues);
  const found = mappingFor(csv.columns, named);
  if (!found.ok)
    return refusedList(
      found.problems.map((problem) => ({ file: file.name, line: 1, column: null, problem })),
    );
  const { mapping } = found;
  const issues: Issue[] = [];
  const groups = new Map<string, ClassList['groups'][number]>();
  const pupils = new Map<string, ClassList['pupils'][number] & { line: number }>();
  const teaches = new Map<string, ClassList['teaches'][number]>();
  for (const { line, values } of csv.rows) {
    const wrong = (part: keyof Mapping, problem: string) =>
      issues.push({ file: file.name, line, column: mapping[part] ?? part, problem });
    const of = (part: keyof Mapping) => values[mapping[part] ?? ''] ?? '';
    const account = accountOf(of('account'));
    const stage = stageIn(of('stage'));
    const group = groupIdOf(of('group'));
    if (!isAccount(account))
      wrong('account', `"${of('account')}" is not an account such as name@school.example`);
    if (of('name') === '') wrong('name', 'is empty');
    if (group === '')
      wrong('group', of('group') === '' ? 'is empty' : `"${of('group')}" has no letter or figure`);
    if (!stage) wrong('stage', `"${of('stage')}" is neither a stage (KS1 …) nor a year (Reception, 1 … 13)`);
    if (!isAccount(account) || of('name') === '' || group === '' || !stage) continue;
    const known = groups.get(group);
    // A set across years has the stage of its youngest.
    if (known) known.stage = youngest(known.stage, stage);
    else groups.set(group, { id: group, name: of('group').slice(0, 60), stage });
    const pupil = pupils.get(account);
    if (!pupil)
      pupils.set(account, { account, name: of('name').slice(0, 120), stage, groups: [group], line });
    else if (pupil.groups.includes(group))
      wrong('account', `${account} stands in ${group} twice, first in line ${pupil.line}`);
    else if (pupil.stage !== stage) wrong('stage', `${account} has another stage in line ${pupil.line}`);
    else pupil.groups.push(group);
    const teacher = accountOf(of('teacher'));
    if (teacher === '') continue;
    if (isAccount(teacher)) teaches.set(`${teacher} ${group}`, { email: teacher, group });
    else wrong('teacher', `"${of('teacher')}" is not an e-mail address`);
  }
  if (csv.rows.length === 0)
    issues.push({ file: file.name, line: 2, column: null, problem: 'has a header and nobody under it' });
  if (issues.length > 0) return refusedList(issues);
  return {
    ok: true,
    list: {
      groups: [...groups.values()],
      pupils: [...pupils.values()].map(({ line: _, ...pupil }) => pupil),
      teaches: [...teaches.values()],
    },
  };
}
