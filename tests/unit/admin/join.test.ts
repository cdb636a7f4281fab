import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTries } from '../../../admin/lessons/tries.ts';
import { LiveLesson } from '../../../admin/lessons/wire.ts';
import { JoinAnswer } from '../../../rules/wire.ts';
import { after, type Enrolled, polled } from './lessons-school.ts';
import { atDesk, examplePolicy, openSchool, type School } from './school.ts';

let school: School;
let lesson: LiveLesson;
let desk: Awaited<ReturnType<typeof atDesk>>;
beforeEach(async () => {
  school = await openSchool();
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  desk = await atDesk(school, 'teacher');
  lesson = LiveLesson.parse(
    await (
      await desk.ask('/console/api/lessons', {
        groups: ['5-oak'],
        kind: 'supervised',
        sites: [{ entry: 'maps.example/rivers' }],
        endsAt: after(school.clock, 60),
      })
    ).json(),
  );
});
afterEach(() => school.close());

const join = async (seat: Enrolled, code: string) =>
  JoinAnswer.parse(await (await seat.post('/v1/join', { code })).json());

test('the code opens this one seat for the lesson’s list, and for nothing else of the lesson', async () => {
  const seat = await school.enrol({ group: '6-oak' });
  const other = await school.enrol({ group: '6-oak' });
  expect(lesson.code).toMatch(/^[a-z0-9]{6}$/);
  const typed = ` ${lesson.code.slice(0, 3).toUpperCase()}-${lesson.code.slice(3)} `;
  expect(await join(seat, typed)).toEqual({ joined: true, lesson: lesson.id });
  expect(await polled(seat)).toMatchObject({
    lessons: [],
    grants: [
      { scope: { seats: [seat.seat] }, entries: [{ entry: 'maps.example/rivers' }], endsAt: lesson.endsAt },
    ],
  });
  expect((await polled(other)).grants).toEqual([]);
  school.clock.now += 61 * 60_000;
  expect((await polled(seat)).grants).toEqual([]);
});

test('wrong, over, and of another stage: one answer', async () => {
  const seat = await school.enrol();
  const young = await school.enrol({ stage: 'KS1' });
  const wrong = { joined: false, code: 'wrong-code', waitSeconds: 0 };
  expect(await join(seat, 'ccccc7')).toEqual(wrong);
  expect(await join(young, lesson.code)).toEqual(wrong);
  await desk.ask(`/console/api/lessons/${lesson.id}`, { change: 'stop' });
  expect(await join(seat, lesson.code)).toEqual(wrong);
  expect((await polled(young)).grants).toEqual([]);
});

test('after a few wrong codes there is a pause that grows, in which the right one does not count either', async () => {
  const seat = await school.enrol();
  const pauses: number[] = [];
  for (let one = 0; one < 5; one += 1) {
    const answer = await join(seat, `cccc${one}c`);
    if (!answer.joined) pauses.push(answer.waitSeconds);
  }
  expect(pauses).toEqual([0, 0, 0, 0, 30]);
  expect(await join(seat, lesson.code)).toEqual({ joined: false, code: 'wait', waitSeconds: 30 });
  // Another seat is not held up.
  expect((await join(await school.enrol(), lesson.code)).joined).toBe(true);
  school.clock.now += 30_000;
  expect(await join(seat, 'cccccc')).toEqual({ joined: false, code: 'wrong-code', waitSeconds: 60 });
  school.clock.now += 60_000;
  expect((await join(seat, lesson.code)).joined).toBe(true);
  expect(await join(seat, 'cccccc')).toMatchObject({ code: 'wrong-code', waitSeconds: 0 });
});

test('one address has so many tries, however many seats it enrols', () => {
  const clock = { now: 0 };
  const tries = createTries(() => new Date(clock.now), { burst: 10, perSecond: 0.1 });
  for (let seat = 0; seat < 10; seat += 1) {
    expect(tries.waitFor(`seat-${seat}`, '192.0.2.1')).toBe(0);
    tries.wrong(`seat-${seat}`);
  }
  expect(tries.waitFor('seat-10', '192.0.2.1')).toBe(10);
  expect(tries.waitFor('seat-10', '192.0.2.2')).toBe(0);
});

test('a pause is not longer than a quarter of an hour, also when the clock is put back', () => {
  const clock = { now: 100 * 3_600_000 };
  const tries = createTries(() => new Date(clock.now));
  let pause = 0;
  for (let one = 0; one < 30; one += 1) pause = tries.wrong('seat');
  expect(pause).toBe(900);
  clock.now -= 24 * 3_600_000;
  expect(tries.waitFor('seat', 'x')).toBe(900);
});

test('a code that has gone round opens a class, not a school', async () => {
  for (let one = 0; one < 40; one += 1)
    expect((await join(await school.enrol(), lesson.code)).joined).toBe(true);
  const late = await school.enrol();
  expect(await join(late, lesson.code)).toMatchObject({ joined: false, code: 'wrong-code' });
  expect((await polled(late)).grants).toEqual([]);
});
