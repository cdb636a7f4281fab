import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveLesson } from '../../../admin/lessons/wire.ts';
import { after, openLive, polled, serve } from './lessons-school.ts';
import { atDesk, examplePolicy, openSchool, type School } from './school.ts';

let school: School;
let served: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  school = await openSchool();
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
  served = await serve(school);
});
afterEach(async () => {
  await school.close();
  await served.close();
});

const start = (more: object = {}) => ({
  groups: ['5-oak'],
  kind: 'directed',
  sites: [{ entry: 'maps.example/rivers' }],
  endsAt: after(school.clock, 30),
  ...more,
});

test('a lesson that is started goes down the socket of the seats that it is for, and of no other', async () => {
  const desk = await atDesk(school, 'teacher');
  const mine = await school.enrol({ group: '5-oak' });
  const other = await school.enrol({ group: '6-elm' });
  const live = await openLive(served.url, mine);
  const elsewhere = await openLive(served.url, other);
  await Promise.all([live, elsewhere].map((one) => one.ordersThat(() => true)));

  const started = await desk.ask('/console/api/lessons', start());
  expect(started.status).toBe(200);
  const lesson = LiveLesson.parse(await started.json());
  const orders = await live.ordersThat(({ lessons }) => lessons.length > 0);
  expect(orders).toMatchObject({
    seat: mine.seat,
    lessons: [{ id: lesson.id, adult: 'The teacher', kind: 'directed', groups: ['5-oak'] }],
  });
  expect((await polled(other)).lessons).toEqual([]);
  expect(elsewhere.orders()).toHaveLength(1);
});
