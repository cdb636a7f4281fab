import { expect, test } from 'vitest';
import { LiveLesson } from '../../../../admin/lessons/wire.ts';
import { polled } from '../lessons-school.ts';
import { atDesk } from '../school.ts';
import { useClassroom } from './classroom.ts';

const room = useClassroom();
const { startAt, started, change, changed, classes, cardOf, acts } = room;

test('another adult’s newer lesson holds, and whoever was there first is told', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  const first = await started();
  room.school.clock.now += 60_000;
  const dsl = await atDesk(room.school, 'dsl');
  const second = await started({ kind: 'supervised' }, dsl);
  // Her card stays hers, and says whose lesson holds now; everybody else sees the newest.
  expect((await cardOf('5-oak'))?.live).toMatchObject({ id: first.id, overtakenBy: 'The dsl' });
  expect((await cardOf('5-oak', dsl))?.live?.id).toBe(second.id);
  const mine = LiveLesson.parse(await (await room.desk.ask(`/console/api/lessons/${first.id}`)).json());
  expect(mine.overtakenBy).toBe('The dsl');
  const [newest] = (await polled(seat)).lessons.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  expect(newest?.id).toBe(second.id);
});

test('the newest holds also when the clock was put back in between', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  await started();
  room.school.clock.now -= 10 * 60_000;
  const second = await started({ kind: 'supervised' }, await atDesk(room.school, 'dsl'));
  const [newest] = (await polled(seat)).lessons.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  expect(newest?.id).toBe(second.id);
  expect(Date.parse(newest?.startsAt ?? '')).toBeLessThanOrEqual(room.school.clock.now);
});

test('a lesson that its adult starts again does not come back when the second one stops', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  await started();
  const { id } = await started({ kind: 'supervised' });
  await changed(id, { change: 'stop' });
  expect((await polled(seat)).lessons).toEqual([]);
});

test('a teacher takes another’s class for cover, which the audit says, but not the lesson that is being given there', async () => {
  await room.school.endpoint.store
    .insertInto('teaches')
    .values({ email: room.desk.email, group: '5-oak', source: 'hand' })
    .execute();
  const { id } = await started({ groups: ['6-oak'] });
  expect((await acts())[0]?.facts).toContain('"cover":true');
  const assistant = await atDesk(room.school, 'teaching-assistant');
  expect((await classes(assistant)).classes).toEqual([]);
  expect((await change(id, { change: 'stop' }, assistant)).status).toBe(404);
  expect(await (await startAt(assistant, { sites: [] })).json()).toMatchObject({ code: 'not-your-class' });
  const dsl = await atDesk(room.school, 'dsl');
  const theirs = await started({ groups: ['4-ash'] }, dsl);
  expect(await (await change(theirs.id, { change: 'stop' })).json()).toMatchObject({
    code: 'not-your-class',
  });
});
