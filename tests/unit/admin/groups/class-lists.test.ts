import { describe, expect, test } from 'vitest';
import { type ClassList, groupIdOf, stageIn } from '../../../../admin/groups/class-list.ts';
import { byAge } from '../../../../admin/groups/classes.ts';
import { readMapped } from '../../../../admin/groups/mapped.ts';
import { readOneRoster } from '../../../../admin/groups/oneroster.ts';
import { needsAPerson, planOf } from '../../../../admin/groups/plan.ts';
import { readTimetable } from '../../../../admin/timetable/timetable-csv.ts';

const file = (text: string | Uint8Array, name = 'classes.csv') => ({
  name,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const header = 'Email,Name,Class,Year';
const rows = [header, 'Ada@School.example,Ada L,2B,2', 'ben@school.example,Ben M,4 Ash,Year 4'].join('\n');
const listOf = (read: ReturnType<typeof readMapped>): ClassList => {
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.list;
};
const problemsOf = (read: ReturnType<typeof readMapped>) =>
  read.ok ? [] : read.issues.map(({ line, column, problem }) => `${line} ${column ?? ''}: ${problem}`);

test('a class is known by its name, a stage by its name or its year', () => {
  expect(['4 Ash', 'R-Acorn ', '7É/x', '!!'].map(groupIdOf)).toEqual(['4-ash', 'r-acorn', '7e-x', '']);
  expect(['ks2', 'EYFS', 'Year 1', 'Y02', '6', '07', 'R', 'Nursery', '11', 'staff'].map(stageIn)).toEqual([
    'KS2',
    'EYFS',
    'KS1',
    'KS1',
    'KS2',
    'KS3',
    'EYFS',
    'EYFS',
    'KS4',
    'staff',
  ]);
  expect(['', '0', '15', 'upper', '2b'].map(stageIn)).toEqual(Array(5).fill(undefined));
});

describe('any CSV', () => {
  test('with usual names of columns, whatever their order, in any case', () => {
    const { groups, pupils } = listOf(readMapped(file(rows), {}));
    expect(groups).toEqual([
      { id: '2b', name: '2B', stage: 'KS1' },
      { id: '4-ash', name: '4 Ash', stage: 'KS2' },
    ]);
    expect(pupils[0]).toEqual({ account: 'ada@school.example', name: 'Ada L', stage: 'KS1', groups: ['2b'] });
  });

  test('with named columns, semicolons, a byte-order mark, and Latin-1', () => {
    const text = `\uFEFFKonto;Wer;Gruppe;Jahr\nzoe@school.example;"Zoë, B";7A;7\n`;
    const named = { account: 'Konto', name: 'Wer', group: 'Gruppe', stage: 'Jahr' };
    expect(listOf(readMapped(file(text), named)).pupils[0]?.name).toBe('Zoë, B');
    const latin = Uint8Array.from(`${header}\nzoe@school.example,Zo\u00EB,7A,7`, (letter) =>
      letter.charCodeAt(0),
    );
    expect(listOf(readMapped(file(latin), {})).pupils[0]?.name).toBe('Zoë');
  });

  test('one pupil in several sets is one pupil; a set across stages has its youngest’s', () => {
    const text = `${header}\nada@s.example,Ada,Choir,2\nben@s.example,Ben,Choir,5\nben@s.example,Ben,5 Oak,5`;
    const { groups, pupils } = listOf(readMapped(file(text), {}));
    expect(groups.find(({ id }) => id === 'choir')?.stage).toBe('KS1');
    expect(pupils).toHaveLength(2);
    expect(pupils[1]?.groups).toEqual(['choir', '5-oak']);
  });

  test('is refused with line, column and reason, all of it', () => {
    const text = `${header}\nada,Ada,2B,2\nben@s.example,,2B,2\ncal@s.example,Cal,2B,upper\ndee@s.example,Dee,,2\n`;
    expect(problemsOf(readMapped(file(text), {}))).toEqual([
      '2 Email: "ada" is not an account such as name@school.example',
      '3 Name: is empty',
      '4 Year: "upper" is neither a stage (KS1 …) nor a year (Reception, 1 … 13)',
      '5 Class: is empty',
    ]);
  });

  test('a pupil twice in one class, with another stage, or a row that has too many cells', () => {
    expect(problemsOf(readMapped(file(`${rows}\nADA@school.example,Ada L,2B,2`), {}))).toEqual([
      '4 Email: ada@school.example stands in 2b twice, first in line 2',
    ]);
    expect(problemsOf(readMapped(file(`${rows}\nada@school.example,Ada L,Choir,3`), {}))).toEqual([
      '4 Year: ada@school.example has another stage in line 2',
    ]);
    expect(problemsOf(readMapped(file(`${rows}\na@s.example,A,2B,2,more`), {}))).toEqual([
      '4 : has 5 cells, but the header names 4 columns',
    ]);
  });

  test('a wrong header names what is missing and what is there', () => {
    expect(problemsOf(readMapped(file('Pupil,Class\nAda,2B'), {}))).toEqual([
      '1 : has no column for account (such as "account", "email", "e-mail"); its columns are Pupil, Class',
      '1 : has no column for stage (such as "stage", "key stage", "year"); its columns are Pupil, Class',
    ]);
    expect(problemsOf(readMapped(file(rows), { account: 'Mail' }))[0]).toMatch(
      'has no column "Mail" for account',
    );
    expect(problemsOf(readMapped(file('Email,Email,Class,Year\n'), {}))[0]).toMatch('"Email" twice');
  });

  test('what is no text, empty, or broken is refused', () => {
    expect(problemsOf(readMapped(file(''), {}))).toEqual(['1 : is empty']);
    expect(problemsOf(readMapped(file(header), {}))).toEqual(['2 : has a header and nobody under it']);
    expect(problemsOf(readMapped(file(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0])), {}))).toEqual([
      '1 : is not a text file',
    ]);
    expect(problemsOf(readMapped(file(`${rows}\n"open,quote`), {}))[0]).toMatch(
      /^\d+ : cannot be read as CSV/,
    );
  });

  test('20,000 rows are read, and one wrong one among them is found', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, at) => `p${at}@s.example,P ${at},${(at % 11) + 1}A,${(at % 11) + 1}`,
    );
    expect(listOf(readMapped(file([header, ...many].join('\n')), {})).pupils).toHaveLength(20_000);
    many[12_345] = 'nobody,P,2A,2';
    expect(problemsOf(readMapped(file([header, ...many].join('\n')), {}))).toEqual([
      '12347 Email: "nobody" is not an account such as name@school.example',
    ]);
  });
});

describe('OneRoster', () => {
  const users =
    'sourcedId,status,givenName,familyName,email,grades\nu1,active,Ada,L,ada@s.example,02\nu2,active,Ben,M,ben@s.example,02\nt1,active,Tess,Novak,t.novak@s.example,\n';
  const classes = 'sourcedId,status,title,grades,classCode\nc1,active,2B,02,2B\nc2,tobedeleted,Old,02,OLD\n';
  const enrollments =
    'sourcedId,status,classSourcedId,userSourcedId,role\ne1,active,c1,u1,student\ne2,tobedeleted,c1,u2,student\ne3,active,c1,t1,teacher\n';
  const set = (more: Record<string, string> = {}) =>
    Object.entries({ 'users.csv': users, 'classes.csv': classes, 'enrollments.csv': enrollments, ...more })
      .filter(([, text]) => text !== '')
      .map(([name, text]) => file(text, name));

  test('pupils, classes and teachers; records that are to be deleted are gone', () => {
    expect(listOf(readOneRoster(set()))).toEqual({
      groups: [{ id: '2b', name: '2B', stage: 'KS1' }],
      pupils: [{ account: 'ada@s.example', name: 'Ada L', stage: 'KS1', groups: ['2b'] }],
      teaches: [{ email: 't.novak@s.example', group: '2b' }],
    });
  });

  test('what is missing or does not fit is named by file and line', () => {
    expect(problemsOf(readOneRoster(set({ 'classes.csv': '' })))).toEqual(['1 : is missing']);
    expect(problemsOf(readOneRoster(set({ 'enrollments.csv': enrollments.replace('u1', 'u9') })))).toEqual([
      '2 userSourcedId: "u9" is nobody in users.csv',
    ]);
    expect(problemsOf(readOneRoster(set({ 'users.csv': users.replace('email', 'mail') })))).toEqual([
      '1 email: is no column of users.csv',
    ]);
    expect(
      problemsOf(readOneRoster(set({ 'enrollments.csv': enrollments.replace('student', 'guardian') }))),
    ).toEqual(['2 role: no pupil is enrolled in any class']);
  });
});

describe('what an import would change', () => {
  const pupil = (account: string, groups = ['2b'], leftAt: string | null = null) => ({
    account,
    name: account,
    stage: 'KS1' as const,
    leftAt,
    groups,
  });
  const standing = {
    groups: [
      { id: '2b', name: '2B', stage: 'KS1', endedAt: null },
      { id: '2a', name: '2A', stage: 'KS1', endedAt: null },
    ],
    pupils: [
      pupil('stays'),
      pupil('moves', ['2a']),
      pupil('leaves'),
      pupil('was-here', ['2b'], '2026-01-01'),
    ],
    teaches: [],
  };
  const list: ClassList = {
    groups: [
      { id: '2b', name: '2B', stage: 'KS1' },
      { id: '2c', name: '2C', stage: 'KS1' },
    ],
    pupils: ['stays', 'moves', 'was-here'].map((account) => ({
      account,
      name: account,
      stage: 'KS1',
      groups: ['2b'],
    })),
    teaches: [],
  };

  test('joiners, leavers, movers, classes that come and end', () => {
    const plan = planOf(list, standing);
    expect(plan.joiners.map(({ account }) => account)).toEqual(['was-here']);
    expect(plan.leavers.map(({ account }) => account)).toEqual(['leaves']);
    expect(plan.movers).toEqual([
      { account: 'moves', name: 'moves', from: ['2a'], to: ['2b'], stage: 'KS1' },
    ]);
    expect(plan.newGroups.map(({ id }) => id)).toEqual(['2c']);
    expect(plan.endedGroups.map(({ id }) => id)).toEqual(['2a']);
    expect(plan.same).toBe(1);
  });

  test('a file that takes many away waits for a person', () => {
    const many = { ...standing, pupils: Array.from({ length: 20 }, (_, at) => pupil(`p${at}`)) };
    const keep = (count: number) => ({
      ...list,
      pupils: many.pupils.slice(0, count).map(({ leftAt: _, ...one }) => one),
    });
    expect(needsAPerson(planOf(keep(16), many))).toBeNull();
    expect(needsAPerson(planOf(keep(15), many))).toBe('5 of 20 pupils would leave at once');
  });
});

describe('a timetable', () => {
  const head = 'kind,title,days,from,until,classes,stages,adult,place';
  const read = (...lines: string[]) => readTimetable(file([head, ...lines].join('\n'), 'timetable.csv'));

  test('of lessons, windows and holidays', () => {
    const answer = read(
      'lesson,Maths,Mon Wed,9:05,10:00,7A;4 Ash,,Mr Adeyemi,',
      'window,Library,mon tue wed thu fri,12:15,13:00,,KS2 KS3,Ms Okoro,Library',
      'holiday,Half term,,2026-10-26,2026-10-30,,,,',
    );
    expect(answer).toMatchObject({
      ok: true,
      timetable: {
        hours: [
          { kind: 'lesson', days: [1, 3], from: '09:05', groups: ['7a', '4-ash'], adult: 'Mr Adeyemi' },
          { kind: 'window', stages: ['KS2', 'KS3'], place: 'Library' },
        ],
        holidays: [{ title: 'Half term', from: '2026-10-26', until: '2026-10-30' }],
      },
    });
  });

  test('is refused by line and column', () => {
    const answer = read(
      'lesson,Maths,Someday,9,25:00,7A,,Mr A,',
      'party,X,Mon,09:00,10:00,7A,,Mr A,',
      'holiday,H,,x,2026-01-01,,,,',
    );
    expect(answer.ok ? [] : answer.issues.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 days',
      '2 from',
      '2 until',
      '3 kind',
      '4 from',
    ]);
  });
});

test('classes stand by age and in their natural order, staff after them', () => {
  const names = [
    ['Staff', 'staff'],
    ['10C', 'KS4'],
    ['2B', 'KS1'],
    ['7 Curie', 'KS3'],
    ['Reception', 'EYFS'],
    ['10A', 'KS4'],
    ['Nursery', 'EYFS'],
    ['1A', 'KS1'],
    ['5 Oak', 'KS2'],
    ['9B', 'KS3'],
  ] as const;
  const sorted = names.map(([name, stage]) => ({ name, stage })).sort(byAge);
  expect(sorted.map(({ name }) => name)).toEqual([
    'Nursery',
    'Reception',
    '1A',
    '2B',
    '5 Oak',
    '7 Curie',
    '9B',
    '10A',
    '10C',
    'Staff',
  ]);
});
