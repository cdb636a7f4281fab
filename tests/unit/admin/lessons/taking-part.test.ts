import { expect, test } from 'vitest';
import { LessonSeats, LiveLesson } from '../../../../admin/lessons/wire.ts';
import { type Enrolled, polled } from '../lessons-school.ts';
import { useClassroom } from './classroom.ts';

const room = useClassroom();
const { started, change, changed, live } = room;

test('who has joined: on-line with the lesson in force, on-line and behind, away', async () => {
  const names = ['one', 'two', 'three'];
  const [one, two] = await Promise.all(names.map(() => room.school.enrol({ group: '5-oak' })));
  const here = await live(one as Enrolled);
  const late = await live(two as Enrolled);
  const [, older] = await Promise.all([here, late].map((socket) => socket.ordersThat(() => true)));
  // It has rules, but those from before the lesson.
  late.say({
    type: 'in-force',
    versions: { policy: null, catalogue: null, orders: `${older?.epoch}.${older?.issuedAt}` },
  });
  const { id } = await started();
  const orders = await here.ordersThat(({ lessons }) => lessons.length === 1);
  here.say({
    type: 'in-force',
    versions: { policy: null, catalogue: null, orders: `${orders.epoch}.${orders.issuedAt}` },
  });
  const counts = async () => {
    const card = LiveLesson.parse(await (await room.desk.ask(`/console/api/lessons/${id}`)).json());
    return [card.joined, card.behind, card.away];
  };
  await expect.poll(counts).toEqual([1, 1, 1]);
  const seats = LessonSeats.parse(await (await room.desk.ask(`/console/api/lessons/${id}/seats`)).json());
  expect(seats.seats.map(({ state }) => state).sort()).toEqual(['away', 'behind', 'joined']);
  // Orders that are signed again for another reason leave it joined.
  await room.school.endpoint.setOrders(
    { closings: [{ entry: 'bad.example', reason: 'now', by: 'IT' }] },
    'test',
  );
  await here.ordersThat(({ closings }) => closings.length === 1);
  expect(await counts()).toEqual([1, 1, 1]);
  await here.close();
  room.school.clock.now += 120_000;
  await expect.poll(counts).toEqual([0, 1, 2]);
});

test('seats can be ticked from the class list, of the lesson’s stage only; a seat learns of no other seat', async () => {
  const [one, two] = await Promise.all([room.school.enrol(), room.school.enrol()]);
  const young = await room.school.enrol({ stage: 'KS1' });
  const { id } = await started();
  const others = LessonSeats.parse(
    await (await room.desk.ask(`/console/api/lessons/${id}/seats`)).json(),
  ).others;
  expect(others.map(({ seat }) => seat).sort()).toEqual([one.seat, two.seat].sort());
  await changed(id, { change: 'tick-seats', seats: [one.seat, two.seat] });
  expect((await polled(one)).lessons).toMatchObject([{ id, seats: [one.seat] }]);
  expect(await (await change(id, { change: 'tick-seats', seats: [young.seat] })).json()).toMatchObject({
    code: 'seat-not-for-stage',
  });
  await changed(id, { change: 'tick-seats', seats: [] });
  expect((await polled(one)).lessons).toEqual([]);
});

test('one seat opened by hand gets the list and nothing else of the lesson', async () => {
  const seat = await room.school.enrol({ group: '6-oak' });
  const { id } = await started({ kind: 'supervised' });
  await changed(id, { change: 'open-seat', seat: seat.seat });
  expect(await polled(seat)).toMatchObject({
    lessons: [],
    grants: [{ scope: { seats: [seat.seat] }, entries: [{ entry: 'maps.example/rivers' }] }],
  });
  await changed(id, { change: 'stop' });
  expect((await polled(seat)).grants).toEqual([]);
});

test('a service of the lesson comes with its frames, also at a seat that was opened alone', async () => {
  const seat = await room.school.enrol({ group: '6-oak' });
  const { id } = await started({ kind: 'supervised', bundles: ['bbc-bitesize'] });
  await changed(id, { change: 'open-seat', seat: seat.seat });
  expect((await polled(seat)).grants).toMatchObject([{ bundles: ['bbc-bitesize'] }]);
});

test('a seat opened alone is told of eyes up, of a new end and of a new site', async () => {
  const seat = await room.school.enrol({ group: '6-oak' });
  const { id } = await started({ kind: 'supervised', sites: [] });
  await changed(id, { change: 'open-seat', seat: seat.seat });
  // The lesson has no list yet: the seat is in it all the same.
  expect((await polled(seat)).grants).toMatchObject([{ scope: { seats: [seat.seat] }, entries: [] }]);
  await changed(id, { change: 'eyes-up', on: true });
  expect(await polled(seat)).toMatchObject({ lessons: [], grants: [{ eyesUpSince: expect.any(String) }] });
  await changed(id, { change: 'eyes-up', on: false });
  expect((await polled(seat)).grants[0]).not.toHaveProperty('eyesUpSince');
  await changed(id, { change: 'add-sites', sites: [{ entry: 'maps.example/rivers' }] });
  const endsAt = new Date(room.school.clock.now + 50 * 60_000).toISOString();
  await changed(id, { change: 'extend', endsAt });
  expect((await polled(seat)).grants).toMatchObject([
    { endsAt, entries: [{ entry: 'maps.example/rivers' }] },
  ]);
});

test('an adult presents on her own seat under the rules of the class', async () => {
  const { id } = await started({ groups: ['2b'], kind: 'demonstration', sites: [] });
  expect(await (await change(id, { change: 'present', on: true })).json()).toMatchObject({
    code: 'no-own-seat',
  });
  const own = await room.school.enrol({ stage: 'staff', account: room.desk.email.toUpperCase() });
  const pupil = await room.school.enrol({ group: '2b', stage: 'KS1' });
  expect((await changed(id, { change: 'present', on: true })).presenting).toBe(true);
  expect(await polled(own)).toMatchObject({
    stage: 'KS1',
    groups: ['2b'],
    lessons: [{ id, kind: 'directly-supervised' }],
  });
  expect((await polled(pupil)).lessons).toMatchObject([{ id, kind: 'demonstration' }]);
  await changed(id, { change: 'present', on: false });
  expect(await polled(own)).toMatchObject({ lessons: [] });
  expect((await polled(own)).stage).toBeUndefined();
});
