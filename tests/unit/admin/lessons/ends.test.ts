import { expect, test } from 'vitest';
import { runCommand } from '../../../../admin/cli.ts';
import { after, polled } from '../lessons-school.ts';
import { examplePolicy } from '../school.ts';
import { useClassroom } from './classroom.ts';

const room = useClassroom();
const { started, changed, cardOf, acts, live } = room;

test('a lesson ends by itself, and setting the clock back does not bring it back', async () => {
  const here = await live(await room.school.enrol({ group: '5-oak' }));
  await started();
  await here.ordersThat(({ lessons }) => lessons.length === 1);
  room.school.clock.now += 31 * 60_000;
  await room.school.endpoint.endLessons();
  await here.until(() => here.orders().at(-1)?.lessons.length === 0);
  expect((await acts()).at(-1)).toMatchObject({ act: 'lesson-ended', by: 'Keystage' });
  room.school.clock.now -= 31 * 60_000;
  expect((await cardOf('5-oak'))?.live).toBeNull();
});

test('a clock that is set back in the middle of a lesson does not make it longer', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  await started();
  await room.school.endpoint.endLessons();
  room.school.clock.now -= 6 * 3_600_000;
  room.passed = 29 * 60_000;
  await room.school.endpoint.endLessons();
  expect((await polled(seat)).lessons).toHaveLength(1);
  room.passed = 30 * 60_000;
  await room.school.endpoint.endLessons();
  expect((await polled(seat)).lessons).toEqual([]);
});

test('a deactivated teacher leaves no class open behind her', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  await started();
  const person = await room.school.endpoint.store
    .selectFrom('people')
    .select('id')
    .where('email', '=', room.desk.email)
    .executeTakeFirstOrThrow();
  await room.school.endpoint.endLessonsOf(person.id);
  expect((await polled(seat)).lessons).toEqual([]);
  expect((await acts()).at(-1)).toMatchObject({
    act: 'lesson-ended',
    facts: expect.stringContaining('"ended":"no-adult"'),
  });
});

test('whom the command line removed in the middle of her lesson leaves it to nobody', async () => {
  const here = await live(await room.school.enrol({ group: '5-oak' }));
  await started();
  await here.ordersThat(({ lessons }) => lessons.length === 1);
  const { code } = await runCommand(
    ['people', 'remove', '--email', room.desk.email, '--data', room.school.folder],
    {},
  );
  expect(code).toBe(0);
  await here.until(() => here.orders().at(-1)?.lessons.length === 0);
});

test('lessons are forgotten after a year and a term', async () => {
  const { id } = await started();
  await changed(id, { change: 'stop' });
  const kept = () => room.school.endpoint.store.selectFrom('lessons').select('id').execute();
  room.school.clock.now += 499 * 86_400_000;
  await room.school.endpoint.enforceRetention();
  expect(await kept()).toHaveLength(1);
  room.school.clock.now += 2 * 86_400_000;
  await room.school.endpoint.enforceRetention();
  expect(await kept()).toEqual([]);
});

test('without a timetable a lesson ends in an hour; with one, at the end of its period', async () => {
  expect((await cardOf('5-oak'))?.endsAt).toBe(after(room.school.clock, 60));
  const policy = await examplePolicy();
  const timetable = {
    hours: [
      // 11:00 on the school's wall is 10:00 in UTC while summer time holds.
      {
        id: 'maths',
        title: 'Maths',
        days: [1],
        from: '10:30',
        until: '11:20',
        groups: ['5-oak'],
        adult: 'Ms Reed',
        kind: 'lesson',
      },
    ],
    holidays: [],
  };
  await room.school.endpoint.publishPolicy({ ...policy, timetable }, 'test');
  expect(await cardOf('5-oak')).toMatchObject({
    endsAt: after(room.school.clock, 20),
    hour: { title: 'Maths', adult: 'Ms Reed' },
  });
});
