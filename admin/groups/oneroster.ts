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
import { type NamedFile, type Row, readCsv } from './csv.ts';

const files = {
  users: ['sourcedId', 'givenName', 'familyName', 'email'],
  classes: ['sourcedId', 'title'],
  enrollments: ['classSourcedId', 'userSourcedId', 'role'],
} as const;
type Part = keyof typeof files;

/**
 * Class lists from the files of OneRoster CSV (1.1 and 1.2: users.csv, classes.csv, enrollments.csv; other files of the
 * set are not needed). Records with status `tobedeleted` count as gone. All or nothing.
 */
export function readOneRoster(given: readonly NamedFile[]): ClassListRead {
  const issues: Issue[] = [];
  const rows = {} as Record<Part, Row[]>;
  for (const part of Object.keys(files) as Part[]) {
    const file = given.find(({ name }) => name.toLowerCase().endsWith(`${part}.csv`));
    const name = file?.name ?? `${part}.csv`;
    if (!file) {
      issues.push({ file: name, line: 1, column: null, problem: 'is missing' });
      continue;
    }
    const csv = readCsv(file);
    if (!csv.ok) {
      issues.push(...csv.issues);
      continue;
    }
    for (const column of files[part])
      if (!csv.columns.includes(column))
        issues.push({ file: name, line: 1, column, problem: `is no column of ${name}` });
    rows[part] = csv.rows.filter(({ values }) => values.status?.toLowerCase() !== 'tobedeleted');
  }
  if (issues.length > 0) return refusedList(issues);

  const users = new Map(rows.users.map((row) => [row.values.sourcedId ?? '', row]));
  const classes = new Map(rows.classes.map((row) => [row.values.sourcedId ?? '', row]));
  const groups = new Map<string, ClassList['groups'][number]>();
  const pupils = new Map<string, ClassList['pupils'][number]>();
  const teaches = new Map<string, ClassList['teaches'][number]>();
  const wrong = (file: Part, line: number, column: string, problem: string) =>
    issues.push({ file: `${file}.csv`, line, column, problem });

  for (const { line, values } of rows.enrollments) {
    const user = users.get(values.userSourcedId ?? '');
    const set = classes.get(values.classSourcedId ?? '');
    if (!user)
      wrong('enrollments', line, 'userSourcedId', `"${values.userSourcedId}" is nobody in users.csv`);
    if (!set)
      wrong('enrollments', line, 'classSourcedId', `"${values.classSourcedId}" is no class in classes.csv`);
    if (!user || !set) continue;
    const account = accountOf(user.values.email || user.values.username || '');
    if (!isAccount(account)) {
      wrong(
        'users',
        user.line,
        'email',
        `"${user.values.email ?? ''}" is not an account such as name@school.example`,
      );
      continue;
    }
    const title = set.values.title ?? '';
    const id = groupIdOf(set.values.classCode || title);
    if (id === '') {
      wrong('classes', set.line, 'title', 'is empty');
      continue;
    }
    const role = (values.role ?? '').toLowerCase();
    if (role === 'teacher' || role === 'aide' || role === 'proctor') {
      if (role !== 'proctor') teaches.set(`${account} ${id}`, { email: account, group: id });
      continue;
    }
    if (role !== 'student') continue;
    // A pupil's own grade counts; the class's where the file gives none.
    const graded = firstOf(user.values.grades) || firstOf(set.values.grades);
    const stage = stageIn(graded);
    if (!stage) {
      wrong(
        'users',
        user.line,
        'grades',
        `"${graded}" is neither a stage (KS1 …) nor a year (Reception, 1 … 13)`,
      );
      continue;
    }
    const known = groups.get(id);
    if (!known) groups.set(id, { id, name: title.slice(0, 60), stage });
    else known.stage = youngest(known.stage, stage);
    const pupil = pupils.get(account);
    const name = `${user.values.givenName ?? ''} ${user.values.familyName ?? ''}`.trim().slice(0, 120);
    if (!pupil) pupils.set(account, { account, name, stage, groups: [id] });
    else if (!pupil.groups.includes(id)) pupil.groups.push(id);
  }
  if (pupils.size === 0 && issues.length === 0)
    issues.push({
      file: 'enrollments.csv',
      line: 2,
      column: 'role',
      problem: 'no pupil is enrolled in any class',
    });
  if (issues.length > 0) return refusedList(issues);
  return {
    ok: true,
    list: {
      groups: [...groups.values()],
      pupils: [...pupils.values()],
      teaches: [...teaches.values()].filter(({ group }) => groups.has(group)),
    },
  };
}

const firstOf = (grades: string | undefined): string => (grades ?? '').split(',')[0]?.trim() ?? '';
