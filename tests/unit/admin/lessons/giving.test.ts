import { expect, test } from 'vitest';
import { after, ordersIn, polled } from '../lessons-school.ts';
import { openSchool } from '../school.ts';
import { useClassroom } from './classroom.ts';

const room = useClassroom();
const { startAt, started, change, changed, classes, cardOf, acts, live } = room;

test('a lesson goes down the socket of the seats that it is for, and of no other', async () => {
  const mine = await room.school.enrol({ group: '5-oak' });
  const other = await room.school.enrol({ group: '6-oak' });
  const [here, elsewhere] = await Promise.all([live(mine), live(other)]);
  await Promise.all([here, elsewhere].map((one) => one.ordersThat(() => true)));

  const lesson = await started();
  const orders = await here.ordersThat(({ lessons }) => lessons.length > 0);
  expect(orders).toMatchObject({
    seat: mine.seat,
    lessons: [{ id: lesson.id, adult: 'The teacher', kind: 'directed', groups: ['5-oak'] }],
  });
  expect((await polled(other)).lessons).toEqual([]);
  expect(elsewhere.orders()).toHaveLength(1);
  expect(await polled(mine)).toEqual(orders);
});

test('extend, eyes up and on again, add and remove a site, stop: each reaches the seat, and each stands in the audit', async () => {
  const here = await live(await room.school.enrol({ group: '5-oak' }));
  const { id } = await started();
  const lessonNow = () => here.orders().at(-1)?.lessons[0];
  const until = (fits: (lesson: ReturnType<typeof lessonNow>) => boolean) =>
    here.until(() => here.orders().length > 0 && fits(lessonNow()));

  expect(await changed(id, { change: 'extend', endsAt: after(room.school.clock, 45) })).toMatchObject({
    endsAt: after(room.school.clock, 45),
  });
  await until((lesson) => lesson?.endsAt === after(room.school.clock, 45));
  expect((await changed(id, { change: 'eyes-up', on: true })).eyesUp).toBe(true);
  await until((lesson) => lesson?.eyesUpSince !== undefined);
  expect((await changed(id, { change: 'eyes-up', on: false })).eyesUp).toBe(false);
  await until((lesson) => lesson?.eyesUpSince === undefined);
  await changed(id, { change: 'add-sites', sites: [{ entry: 'https://www.rivers.example/severn#map' }] });
  await until((lesson) => lesson?.sites.some(({ entry }) => entry.endsWith('/severn')) === true);
  await changed(id, { change: 'remove-site', entry: 'maps.example/rivers' });
  await until((lesson) => lesson?.sites.length === 1);
  await changed(id, { change: 'stop' });
  await until((lesson) => lesson === undefined);
  expect((await acts()).map(({ act }) => act)).toEqual([
    'started-lesson',
    'extended-lesson',
    'eyes-up',
    'eyes-down',
    'added-sites',
    'removed-site',
    'stopped-lesson',
  ]);
  expect(JSON.stringify(await acts())).not.toContain('rivers');
  expect(
    await (await change(id, { change: 'extend', endsAt: after(room.school.clock, 50) })).json(),
  ).toMatchObject({
    code: 'lesson-over',
  });
});

test('tomorrow it is one tap: the card holds the last lesson, and it starts again as it stood', async () => {
  const list = (await classes()).lists.find(({ stages }) => stages?.includes('KS2'));
  const lesson = await started({ lists: [list?.id] });
  await changed(lesson.id, { change: 'stop' });
  const card = await cardOf('5-oak');
  expect(card).toMatchObject({ live: null, last: { lesson: lesson.id, kind: 'directed' } });
  expect(card?.last?.title).toContain(list?.title);
  const again = await started({ again: card?.last?.lesson, sites: [], lists: [], endsAt: card?.endsAt });
  expect(again.sites).toEqual(lesson.sites);
  expect((await cardOf('5-oak'))?.live?.id).toBe(again.id);
});

test.each([
  ['no end', { endsAt: undefined }, 400, 'malformed', 'endsAt'],
  ['an end that is none', { endsAt: 'soon' }, 400, 'malformed', 'endsAt'],
  ['an end that is over', { endsAt: '2026-09-07T09:59:00.000Z' }, 422, 'ends-in-past', 'end'],
  ['longer than allowed', { endsAt: '2026-09-07T12:00:01.000Z' }, 422, 'too-long', '120 minutes'],
  ['an unknown group', { groups: ['9-z'] }, 422, 'no-group', '9-z'],
  ['a kind that the stage does not know', { kind: 'demonstration' }, 422, 'kind-not-for-stage', 'KS2'],
  ['a class of adults', { groups: ['staff'] }, 422, 'kind-not-for-stage', 'no class of pupils'],
  [
    'a site that cannot be read',
    { sites: [{ entry: 'ok.example' }, { entry: 'co.uk' }] },
    422,
    'unreadable-site',
    'Site 2',
  ],
  ['an unknown list', { lists: ['nothing'] }, 422, 'no-list', 'nothing'],
  ['an unknown bundle', { bundles: ['nothing'] }, 422, 'no-bundle', 'nothing'],
  ['an earlier lesson that is none', { again: 'x' }, 422, 'no-lesson', 'earlier'],
  [
    'a seat that is not enrolled',
    { seats: ['00000000-0000-4000-8000-000000000000'] },
    422,
    'no-seat',
    'seat',
  ],
])('%s: refused, and nothing is changed', async (_what, more, status, code, names) => {
  const answer = await startAt(room.desk, more);
  expect(answer.status).toBe(status);
  const said = await answer.json();
  expect(said).toMatchObject({ code, message: expect.stringContaining(names) });
  expect((await classes()).classes.filter((card) => card.live !== null)).toEqual([]);
  expect(await acts()).toEqual([]);
});

test('a restart in a live lesson: it is still there, and the version still rises', async () => {
  const seat = await room.school.enrol({ group: '5-oak' });
  const { id } = await started();
  const before = await polled(seat);
  await room.school.endpoint.close();
  // The computer comes back with a clock that is an hour behind.
  const again = await openSchool({
    folder: room.school.folder,
    now: () => new Date(room.school.clock.now - 3_600_000),
  });
  try {
    const answer = await again.endpoint.device.request('/v1/orders', {
      headers: { authorization: `Bearer ${seat.seat}.${seat.key}` },
    });
    const orders = ordersIn(await answer.text());
    expect(orders.lessons).toMatchObject([{ id }]);
    expect(orders.issuedAt > before.issuedAt).toBe(true);
  } finally {
    await again.endpoint.close();
  }
});
