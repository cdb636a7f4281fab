import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { Classes, LessonSeats, LiveLesson } from '../../../admin/lessons/wire.ts';
import { after, type Enrolled, openLive, polled, serve } from './lessons-school.ts';
import { atDesk, examplePolicy, openSchool, type School } from './school.ts';

type Desk = Awaited<ReturnType<typeof atDesk>>;

let school: School;
let served: Awaited<ReturnType<typeof serve>>;
let desk: Desk;
/** Milliseconds that pass whatever the wall's clock says. */
let passed: number;
beforeEach(async () => {
  passed = 0;
  school = await openSchool({ passed: () => passed });
  const policy = { ...(await examplePolicy()), timetable: undefined, longestLesson: undefined };
  const published = await school.endpoint.publishPolicy(policy, 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
  await school.endpoint.publishCatalogue();
  served = await serve(school);
  desk = await atDesk(school, 'teacher');
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
const startAt = (at: Desk, more: object = {}) => at.ask('/console/api/lessons', start(more));
const started = async (more: object = {}, at = desk) =>
  LiveLesson.parse(await (await startAt(at, more)).json());
const change = (id: string, asked: object, at = desk) => at.ask(`/console/api/lessons/${id}`, asked);
const changed = async (id: string, asked: object) => LiveLesson.parse(await (await change(id, asked)).json());
const classes = async (at = desk) => Classes.parse(await (await at.ask('/console/api/classes')).json());
const cardOf = async (group: string, at = desk) => (await classes(at)).classes.find(({ id }) => id === group);
const acts = async () =>
  (await school.endpoint.store.selectFrom('audit').select(['act', 'by', 'facts', 'item']).execute()).filter(
    ({ item }) => item !== null,
  );
const live = (seat: Enrolled) => openLive(served.url, seat);

test('a lesson goes down the socket of the seats that it is for, and of no other', async () => {
  const mine = await school.enrol({ group: '5-oak' });
  const other = await school.enrol({ group: '6-oak' });
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
  const here = await live(await school.enrol({ group: '5-oak' }));
  const { id } = await started();
  const lessonNow = () => here.orders().at(-1)?.lessons[0];
  const until = (fits: (lesson: ReturnType<typeof lessonNow>) => boolean) =>
    here.until(() => here.orders().length > 0 && fits(lessonNow()));

  expect(await changed(id, { change: 'extend', endsAt: after(school.clock, 45) })).toMatchObject({
    endsAt: after(school.clock, 45),
  });
  await until((lesson) => lesson?.endsAt === after(school.clock, 45));
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
    await (await change(id, { change: 'extend', endsAt: after(school.clock, 50) })).json(),
  ).toMatchObject({
    code: 'lesson-over',
  });
});

test('tomorrow it is one tap: the card holds the last lesson, and it starts again as it stood', async () => {
  const list = (await classes()).lists.find(({ stages }) => stages.includes('KS2'));
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
  const answer = await startAt(desk, more);
  expect(answer.status).toBe(status);
  const said = await answer.json();
  expect(said).toMatchObject({ code, message: expect.stringContaining(names) });
  expect((await classes()).classes.filter((card) => card.live !== null)).toEqual([]);
  expect(await acts()).toEqual([]);
});

test('at KS1 a pasted address is an act of approval: looked at, with a reason, for a page and never a whole site', async () => {
  const pasted = (site: object) => ({
    groups: ['2b'],
    kind: 'directly-supervised',
    sites: [{ entry: 'www.story.example/three-bears', looked: true, reason: 'Our story today', ...site }],
  });
  for (const [site, code] of [
    [{ entry: 'www.story.example' }, 'whole-host'],
    [{ entry: 'https://www.story.example/' }, 'whole-host'],
    [{ looked: false }, 'not-looked'],
    [{ looked: undefined }, 'not-looked'],
    [{ reason: ' ' }, 'no-reason'],
  ] as const)
    expect(await (await startAt(desk, pasted(site))).json()).toMatchObject({ code });
  // Also one that stands on an approved list: it is the list that is chosen then.
  const approved = (await classes()).lists
    .flatMap(({ sites }) => sites)
    .find(({ entry }) => !/[/?]/.test(entry));
  expect(await (await startAt(desk, pasted({ entry: approved?.entry }))).json()).toMatchObject({
    code: 'whole-host',
  });
  const lesson = await started(pasted({}));
  expect(lesson.sites).toEqual([
    {
      entry: 'www.story.example/three-bears',
      reason: 'Our story today',
      approvedBy: 'The teacher',
      previewedAt: '2026-09-07',
    },
  ]);
  const seat = await school.enrol({ group: '2b', stage: 'KS1' });
  expect((await polled(seat)).lessons[0]?.sites).toEqual(lesson.sites);
  expect(
    await (
      await change(lesson.id, {
        change: 'add-sites',
        sites: [{ entry: 'all.example', looked: true, reason: 'more' }],
      })
    ).json(),
  ).toMatchObject({ code: 'whole-host' });
});

test('what is closed as sensitive is refused by name, what is ordinary is not', async () => {
  const policy = {
    ...(await examplePolicy()),
    lists: [
      { id: 'never', title: 'Never', says: 'locked', entries: [{ entry: 'locked.example' }] },
      {
        id: 'ours',
        title: 'Ours',
        says: 'closed',
        entries: [{ entry: 'shut.example' }, { entry: 'shop.whole.example' }],
      },
    ],
    timetable: undefined,
  };
  await school.endpoint.publishPolicy(policy, 'test');
  const ask = async (entry: string) => (await startAt(desk, { sites: [{ entry }] })).json();
  expect(await ask('www.locked.example/a')).toMatchObject({
    code: 'locked',
    message: expect.stringContaining('www.locked.example/a'),
  });
  // A whole site would open what is closed below it, too.
  expect(await ask('whole.example')).toMatchObject({
    code: 'ask-network-manager',
    message: expect.stringContaining('shop.whole.example'),
  });
  expect(await ask('whole.example/page')).toMatchObject({ kind: 'directed' });
  expect(await ask('shut.example/page')).toMatchObject({
    code: 'ask-network-manager',
    message: expect.stringContaining('shut.example/page'),
  });
  // Games are ordinary: a teacher opens one for her lesson.
  expect(await ask('play.example/sums')).toMatchObject({ kind: 'directed' });
});

test('another adult’s newer lesson holds, and whoever was there first is told', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  const first = await started();
  school.clock.now += 60_000;
  const dsl = await atDesk(school, 'dsl');
  const second = await started({ kind: 'supervised' }, dsl);
  // Her card stays hers, and says whose lesson holds now; everybody else sees the newest.
  expect((await cardOf('5-oak'))?.live).toMatchObject({ id: first.id, overtakenBy: 'The dsl' });
  expect((await cardOf('5-oak', dsl))?.live?.id).toBe(second.id);
  const mine = LiveLesson.parse(await (await desk.ask(`/console/api/lessons/${first.id}`)).json());
  expect(mine.overtakenBy).toBe('The dsl');
  const [newest] = (await polled(seat)).lessons.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  expect(newest?.id).toBe(second.id);
});

test('the newest holds also when the clock was put back in between', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  await started();
  school.clock.now -= 10 * 60_000;
  const second = await started({ kind: 'supervised' }, await atDesk(school, 'dsl'));
  const [newest] = (await polled(seat)).lessons.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  expect(newest?.id).toBe(second.id);
  expect(Date.parse(newest?.startsAt ?? '')).toBeLessThanOrEqual(school.clock.now);
});

test('a lesson that its adult starts again does not come back when the second one stops', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  await started();
  const { id } = await started({ kind: 'supervised' });
  await changed(id, { change: 'stop' });
  expect((await polled(seat)).lessons).toEqual([]);
});

test('a lesson ends by itself, and setting the clock back does not bring it back', async () => {
  const here = await live(await school.enrol({ group: '5-oak' }));
  await started();
  await here.ordersThat(({ lessons }) => lessons.length === 1);
  school.clock.now += 31 * 60_000;
  await school.endpoint.endLessons();
  await here.until(() => here.orders().at(-1)?.lessons.length === 0);
  expect((await acts()).at(-1)).toMatchObject({ act: 'lesson-ended', by: 'Keystage' });
  school.clock.now -= 31 * 60_000;
  expect((await cardOf('5-oak'))?.live).toBeNull();
});

test('a clock that is set back in the middle of a lesson does not make it longer', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  await started();
  await school.endpoint.endLessons();
  school.clock.now -= 6 * 3_600_000;
  passed = 29 * 60_000;
  await school.endpoint.endLessons();
  expect((await polled(seat)).lessons).toHaveLength(1);
  passed = 30 * 60_000;
  await school.endpoint.endLessons();
  expect((await polled(seat)).lessons).toEqual([]);
});

test('a deactivated teacher leaves no class open behind her', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  await started();
  const person = await school.endpoint.store
    .selectFrom('people')
    .select('id')
    .where('email', '=', desk.email)
    .executeTakeFirstOrThrow();
  await school.endpoint.endLessonsOf(person.id);
  expect((await polled(seat)).lessons).toEqual([]);
  expect((await acts()).at(-1)).toMatchObject({
    act: 'lesson-ended',
    facts: expect.stringContaining('"ended":"no-adult"'),
  });
});

test('whom the command line removed in the middle of her lesson leaves it to nobody', async () => {
  const here = await live(await school.enrol({ group: '5-oak' }));
  await started();
  await here.ordersThat(({ lessons }) => lessons.length === 1);
  const { code } = await runCommand(['people', 'remove', '--email', desk.email, '--data', school.folder], {});
  expect(code).toBe(0);
  await here.until(() => here.orders().at(-1)?.lessons.length === 0);
});

test('lessons are forgotten after a year and a term', async () => {
  const { id } = await started();
  await changed(id, { change: 'stop' });
  const kept = () => school.endpoint.store.selectFrom('lessons').select('id').execute();
  school.clock.now += 499 * 86_400_000;
  await school.endpoint.enforceRetention();
  expect(await kept()).toHaveLength(1);
  school.clock.now += 2 * 86_400_000;
  await school.endpoint.enforceRetention();
  expect(await kept()).toEqual([]);
});

test('who has joined: on-line with the lesson in force, on-line and behind, away', async () => {
  const names = ['one', 'two', 'three'];
  const [one, two] = await Promise.all(names.map(() => school.enrol({ group: '5-oak' })));
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
    const card = LiveLesson.parse(await (await desk.ask(`/console/api/lessons/${id}`)).json());
    return [card.joined, card.behind, card.away];
  };
  await expect.poll(counts).toEqual([1, 1, 1]);
  const seats = LessonSeats.parse(await (await desk.ask(`/console/api/lessons/${id}/seats`)).json());
  expect(seats.seats.map(({ state }) => state).sort()).toEqual(['away', 'behind', 'joined']);
  // Orders that are signed again for another reason leave it joined.
  await school.endpoint.setOrders({ closings: [{ entry: 'bad.example', reason: 'now', by: 'IT' }] }, 'test');
  await here.ordersThat(({ closings }) => closings.length === 1);
  expect(await counts()).toEqual([1, 1, 1]);
  await here.close();
  school.clock.now += 120_000;
  await expect.poll(counts).toEqual([0, 1, 2]);
});

test('seats can be ticked from the class list, of the lesson’s stage only; a seat learns of no other seat', async () => {
  const [one, two] = await Promise.all([school.enrol(), school.enrol()]);
  const young = await school.enrol({ stage: 'KS1' });
  const { id } = await started();
  const others = LessonSeats.parse(await (await desk.ask(`/console/api/lessons/${id}/seats`)).json()).others;
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
  const seat = await school.enrol({ group: '6-oak' });
  const { id } = await started({ kind: 'supervised' });
  await changed(id, { change: 'open-seat', seat: seat.seat });
  expect(await polled(seat)).toMatchObject({
    lessons: [],
    grants: [{ scope: { seats: [seat.seat] }, entries: [{ entry: 'maps.example/rivers' }] }],
  });
  await changed(id, { change: 'stop' });
  expect((await polled(seat)).grants).toEqual([]);
});

test('a seat opened alone is told of eyes up, of a new end and of a new site', async () => {
  const seat = await school.enrol({ group: '6-oak' });
  const { id } = await started({ kind: 'supervised', sites: [] });
  await changed(id, { change: 'open-seat', seat: seat.seat });
  // The lesson has no list yet: the seat is in it all the same.
  expect((await polled(seat)).grants).toMatchObject([{ scope: { seats: [seat.seat] }, entries: [] }]);
  await changed(id, { change: 'eyes-up', on: true });
  expect(await polled(seat)).toMatchObject({ lessons: [], grants: [{ eyesUpSince: expect.any(String) }] });
  await changed(id, { change: 'eyes-up', on: false });
  expect((await polled(seat)).grants[0]).not.toHaveProperty('eyesUpSince');
  await changed(id, { change: 'add-sites', sites: [{ entry: 'maps.example/rivers' }] });
  const endsAt = new Date(school.clock.now + 50 * 60_000).toISOString();
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
  const own = await school.enrol({ stage: 'staff', account: desk.email.toUpperCase() });
  const pupil = await school.enrol({ group: '2b', stage: 'KS1' });
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

test('a restart in a live lesson: it is still there, and the version still rises', async () => {
  const seat = await school.enrol({ group: '5-oak' });
  const { id } = await started();
  const before = await polled(seat);
  await school.endpoint.close();
  // The computer comes back with a clock that is an hour behind.
  const again = await openSchool({
    folder: school.folder,
    now: () => new Date(school.clock.now - 3_600_000),
  });
  try {
    const answer = await again.endpoint.device.request('/v1/orders', {
      headers: { authorization: `Bearer ${seat.seat}.${seat.key}` },
    });
    const { ordersIn } = await import('./lessons-school.ts');
    const orders = ordersIn(await answer.text());
    expect(orders.lessons).toMatchObject([{ id }]);
    expect(orders.issuedAt > before.issuedAt).toBe(true);
  } finally {
    await again.endpoint.close();
  }
});

test('a teacher takes another’s class for cover, which the audit says, but not the lesson that is being given there', async () => {
  await school.endpoint.store
    .insertInto('teaches')
    .values({ email: desk.email, group: '5-oak', source: 'hand' })
    .execute();
  const { id } = await started({ groups: ['6-oak'] });
  expect((await acts())[0]?.facts).toContain('"cover":true');
  const assistant = await atDesk(school, 'teaching-assistant');
  expect((await classes(assistant)).classes).toEqual([]);
  expect((await change(id, { change: 'stop' }, assistant)).status).toBe(404);
  expect(await (await startAt(assistant, { sites: [] })).json()).toMatchObject({ code: 'not-your-class' });
  const dsl = await atDesk(school, 'dsl');
  const theirs = await started({ groups: ['4-ash'] }, dsl);
  expect(await (await change(theirs.id, { change: 'stop' })).json()).toMatchObject({
    code: 'not-your-class',
  });
});

test('whoever may not paste opens approved lists only', async () => {
  const assistant = await atDesk(school, 'teaching-assistant');
  await school.endpoint.store
    .insertInto('teaches')
    .values({ email: assistant.email, group: '5-oak', source: 'hand' })
    .execute();
  expect((await classes(assistant)).mayPaste).toBe(false);
  const refused = await startAt(assistant);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'may-not-paste' });
  expect((await startAt(assistant, { sites: [] })).status).toBe(200);
});

test('without a timetable a lesson ends in an hour; with one, at the end of its period', async () => {
  expect((await cardOf('5-oak'))?.endsAt).toBe(after(school.clock, 60));
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
  await school.endpoint.publishPolicy({ ...policy, timetable }, 'test');
  expect(await cardOf('5-oak')).toMatchObject({
    endsAt: after(school.clock, 20),
    hour: { title: 'Maths', adult: 'Ms Reed' },
  });
});
