import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { policyNow } from '../../../admin/documents-now.ts';
import { TimetablePage, TimetableSaid } from '../../../admin/timetable/wire.ts';
import { atDesk, examplePolicy, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
  const timetable = {
    hours: [
      {
        id: 'lunch',
        kind: 'window',
        title: 'Library',
        days: [1, 3],
        from: '12:15',
        until: '13:00',
        adult: 'Ms Hale',
        place: 'the library',
        stages: ['KS3'],
      },
    ],
    holidays: [{ title: 'Half-term', from: '2026-10-26', until: '2026-10-30' }],
  };
  await school.endpoint.publishPolicy({ ...(await examplePolicy()), timetable }, 'test');
});
afterEach(() => school.close());

const note = {
  why: 'The autumn timetable.',
  educational: 'Lessons are taught by their teachers in the room.',
  technical: 'No list changes.',
  reviewBy: '2027-07-20',
};
const send = (desk: Awaited<ReturnType<typeof atDesk>>, text: string, more: object = {}) =>
  desk.ask('/console/api/timetable/import', {
    file: { name: 'tt.csv', base64: Buffer.from(text).toString('base64') },
    note: null,
    ...more,
  });
const good =
  'Weekday,Start,End,Class,Subject\nMon-Wed,9:00,10:00,5 Oak,Maths\nFri,9.05,10:00:00,5 oak; 4 Ash,Art\n';

test('a network manager looks, then publishes: a new policy with its note, in the audit, and what is not named stays', async () => {
  const desk = await atDesk(school, 'network-manager');
  const first = await send(desk, good);
  const looked = TimetableSaid.parse(await first.json());
  expect(looked).toMatchObject({
    applied: false,
    before: { lessons: 0, windows: 1, holidays: 1 },
    after: { lessons: 2, windows: 1, holidays: 1 },
    stays: ['window', 'holiday'],
  });
  expect(looked.classes).toContainEqual({ name: '5 Oak', before: 0, after: 4 });
  expect((await policyNow(school.endpoint.store))?.timetable?.hours).toHaveLength(1);

  expect((await send(desk, good, { note: { ...note, reviewBy: '2026-01-01' } })).status).toBe(422);
  expect((await send(desk, good, { note: { ...note, why: '' } })).status).toBe(400);
  expect(await (await send(desk, good, { note })).json()).toMatchObject({ applied: true });
  const policy = await policyNow(school.endpoint.store);
  expect(policy?.history.at(-1)).toMatchObject({
    by: 'The network-manager',
    what: 'Timetable: lessons 2, other supervised hours 1, holidays 1.',
    why: note.why,
    risk: { educational: { text: note.educational }, technical: { text: note.technical } },
    reviewBy: note.reviewBy,
  });
  const audit = await school.endpoint.store
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', 'published-policy')
    .execute();
  expect(audit.at(-1)).toMatchObject({ by: 'The network-manager', person: expect.any(String) });
  expect(audit.at(-1)?.facts).toContain(note.why);

  const week = TimetablePage.parse(await (await desk.ask('/console/api/timetable')).json());
  expect(week).toMatchObject({
    timeZone: 'Europe/London',
    policy: { publishedBy: 'The network-manager' },
    holidays: [{ title: 'Half-term' }],
  });
  const of = (name: string) => week.classes.find((one) => one.name === name);
  expect(of('5 Oak')?.hours).toEqual([
    {
      kind: 'lesson',
      title: 'Maths',
      days: [1, 2, 3],
      from: '09:00',
      until: '10:00',
      adult: 'The class’s teacher',
    },
    { kind: 'lesson', title: 'Art', days: [5], from: '09:05', until: '10:00', adult: 'The class’s teacher' },
  ]);
  expect(week.classes.find(({ stage }) => stage === 'KS3')?.hours).toMatchObject([
    { title: 'Library', adult: 'Ms Hale', place: 'the library' },
  ]);
  expect(of('2B')).toMatchObject({ never: true, hours: [] });
});

test.each([
  ['Weekday,Start,Class\nMon,9:00,5 Oak\n', { line: 1, column: 'until', problem: /is missing/ }],
  [
    'Weekday,Start,End,Class\nMon,9:00,10:00,2B\n',
    { line: 2, column: 'Class', problem: /"2B" is KS1: .*never by timetable/ },
  ],
  ['Weekday,Start,End,Stage\nMon,9:00,10:00,Reception\n', { line: 2, column: 'Stage', problem: /is EYFS/ }],
  [
    'Weekday,Start,End,Class\nMon,9:00,10:00,5 Oak\nTue,9:00,10:00,9 Nowhere\n',
    { line: 3, column: 'Class', problem: /no class "9 Nowhere"/ },
  ],
  ['Weekday,Start,End,Class\nXyz,9:00,10:00,5 Oak\n', { line: 2, column: 'Weekday', problem: /not days/ }],
  ['Weekday,Start,End,Class\nMon,25:00,26:00,5 Oak\n', { line: 2, column: 'Start', problem: /time of day/ }],
  ['Weekday,Start,End,Class\nMon,10:00,09:00,5 Oak\n', { line: 2, column: 'End', problem: /not after/ }],
  [
    'Weekday,Start,End,Class\nMon,9:00,10:00,5 Oak\nMon,9:00,10:00,5 Oak\n',
    { line: 3, column: 'Weekday', problem: /same as line 2/ },
  ],
  [
    'Kind,Weekday,Start,End,Class\nwindow,Mon,9:00,10:00,5 Oak\n',
    { line: 2, column: 'place', problem: /place/ },
  ],
  ['Weekday,Start,End,Class\n', { line: 2, column: null, problem: /no hour/ }],
])('%j is refused with its place, and changes nothing', async (text, { line, column, problem }) => {
  const before = await policyNow(school.endpoint.store);
  const answer = await send(await atDesk(school, 'slt'), text, { note });
  expect(answer.status).toBe(422);
  const { code, issues } = await answer.json();
  expect(code).toBe('not-a-timetable');
  expect(issues).toContainEqual({ file: 'tt.csv', line, column, problem: expect.stringMatching(problem) });
  expect(await policyNow(school.endpoint.store)).toEqual(before);
});

test('columns of other names are named, and the command line comes the same way', async () => {
  const text = 'Tag,Von,Bis,Klasse\nMon,9:00,10:00,5 Oak\n';
  const columns = { days: 'Tag', from: 'Von', until: 'Bis', classes: 'Klasse' };
  const desk = await atDesk(school, 'principal');
  expect((await send(desk, text)).status).toBe(422);
  expect((await send(desk, text, { columns })).status).toBe(200);
  const path = join(school.folder, 'tt.csv');
  await writeFile(path, text);
  const run = (...more: string[]) =>
    runCommand(['timetable', 'import', path, '--data', school.folder, ...more], {});
  expect((await run('--why', 'Autumn')).lines.join()).toMatch(/tt.csv, line 1, days: is missing/);
  const named = ['--columns', 'days=Tag,from=Von,until=Bis,classes=Klasse'];
  expect(await run(...named)).toMatchObject({ code: 2 });
  expect((await run(...named, '--dry-run')).lines[0]).toContain('would be in force: lessons 1');
  expect((await policyNow(school.endpoint.store))?.timetable?.hours).toHaveLength(1);
  expect(await run(...named, '--why', 'Autumn')).toMatchObject({ code: 0 });
  expect((await policyNow(school.endpoint.store))?.history.at(-1)).toMatchObject({
    by: 'command line',
    why: 'Autumn',
  });
});
