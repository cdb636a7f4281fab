import fc from 'fast-check';
import { settled } from './around.ts';
import { type ModelLesson, probes, type Site } from './model.ts';
import type { RoadState } from './road.ts';
import type { GroupId, Teacher } from './school.ts';
import { type SeatName, seatNames, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const LONGEST = 120 * minute;

const seat = fc.constantFrom<SeatName>(...seatNames);
const teacher = fc.constantFrom<Teacher>('ada', 'ada', 'ben');
const site = fc.constantFrom<Site>('a', 'b', 'c');
/** Which of the live lessons, counted from the newest. */
const which = fc.constantFrom(0, 0, 0, 1);
const minutes = fc.constantFrom(1, 2, 5, 10, 45);
const awhile = fc.constantFrom(3_000, 20_000, 65_000, 130_000, 200_000, 15 * minute);
const step = fc.constantFrom(-day, -2 * hour, -7 * minute, -minute, minute, 7 * minute, 2 * hour, day);
/** Less than the life of orders: those that are signed under it hold for seats that did not hear of it. */
const endpointStep = fc.constantFrom(
  -10 * hour,
  -2 * hour,
  -7 * minute,
  -minute,
  minute,
  7 * minute,
  2 * hour,
  10 * hour,
);

/** Everything that may happen, as data: what fails is printed, shrunk, as a list of these. */
const acts = {
  start: fc.record({
    who: teacher,
    group: fc.constantFrom<GroupId>('5-oak', '5-oak', '2b'),
    kind: fc.nat({ max: 2 }),
    minutes,
    sites: fc.uniqueArray(site, { minLength: 1, maxLength: 2 }),
  }),
  extend: fc.record({ which, minutes }),
  stop: fc.record({ which }),
  eyes: fc.record({ which, on: fc.boolean() }),
  addSite: fc.record({ which, site }),
  tick: fc.record({ which }),
  openSeat: fc.record({ which }),
  present: fc.record({ which, on: fc.constantFrom(true, true, false) }),
  join: fc.record({ which }),
  deactivate: fc.record({ who: teacher }),
  suspend: fc.record({ minutes }),
  pass: fc.record({ ms: awhile }),
  lid: fc.record({ seat: seat, ms: awhile }),
  crash: fc.record({ seat, ms: awhile }),
  update: fc.record({ seat }),
  navigate: fc.record({ seat }),
  clock: fc.record({ seat, ms: step }),
  endpointClock: fc.record({ ms: endpointStep }),
  restart: fc.record({ ms: fc.constantFrom(0, 20_000) }),
  road: fc.record({
    seat,
    state: fc.constantFrom<RoadState>('up', 'cut', 'half-open', 'no-sockets', 'no-sockets', 'slow'),
  }),
  replay: fc.record({ seat, what: fc.constantFrom('older', 'other', 'other', 'forged') }),
};
export type Acts = {
  [Name in keyof typeof acts]: (typeof acts)[Name] extends fc.Arbitrary<infer A> ? A : never;
};
export type ActName = keyof typeof acts;
export type Act = { [Name in ActName]: { act: Name } & Acts[Name] }[ActName];
export const actNames = Object.keys(acts) as ActName[];

/** What schools do often comes often; what takes long (a restart) seldom. */
const weights: Partial<Record<ActName, number>> = {
  start: 14,
  pass: 14,
  road: 12,
  clock: 6,
  restart: 1,
  stop: 3,
  eyes: 6,
  replay: 10,
};
const arbitrary = <Name extends ActName>(act: Name) => ({
  weight: weights[act] ?? 4,
  arbitrary: (acts[act] as fc.Arbitrary<object>).map((given) => ({ act, ...given }) as Act),
});
/** Without a lesson little can happen: each begins with one. */
export const sequences = fc
  .tuple(
    arbitrary('start').arbitrary,
    fc.array(fc.oneof(...actNames.map(arbitrary)), { minLength: 2, maxLength: 8, size: 'max' }),
  )
  .map(([first, rest]) => [first, ...rest]);

const kinds = {
  '2b': ['directly-supervised', 'demonstration', 'directly-supervised'],
  '5-oak': ['directed', 'supervised', 'directly-supervised'],
} as const;
const pasted = (sites: readonly Site[]) =>
  sites.map((one) => ({ entry: probes[one].replace('https://', ''), looked: true, reason: 'for the topic' }));

/** Does one thing, to the real parts and to the model. Resolves to false where there was nothing to do it to. */
export function createDoes(world: World, gone: Set<Teacher>) {
  const { school } = world;
  let number = 0;
  const live = () =>
    world
      .lessons()
      .filter(({ isOver, end }) => !isOver && end > school.wall())
      .reverse();

  /** The endpoint must do what the model expects of it, or refuse where it expects that. */
  function expectAnswer(what: string, expected: boolean, { ok, status, said }: Answer): void {
    if (ok !== expected)
      throw new Error(
        `${what} was answered ${status} ${JSON.stringify(said)}, expected ${expected ? 'yes' : 'no'}`,
      );
  }
  async function change(lesson: ModelLesson, body: object, expected = true): Promise<boolean> {
    const answer = await school.ask(lesson.person as Teacher, `/console/api/lessons/${lesson.id}`, body);
    expectAnswer(JSON.stringify(body), expected, answer);
    await settleAll();
    return answer.ok;
  }
  const settleAll = async () => {
    await school.inside((endpoint) => endpoint.publishOrders());
    await settled();
  };
  /** The newest lessons first, as `which` counts. */
  const chosen = (at: number) => live()[at];

  const does: { [Name in ActName]: (given: Acts[Name]) => Promise<boolean> } = {
    async start({ who, group, kind, minutes: lasts, sites }) {
      const at = school.wall();
      const end = at + lasts * minute;
      const body = {
        groups: [group],
        kind: kinds[group][kind],
        endsAt: new Date(end).toISOString(),
        sites: pasted(sites),
      };
      const before = live();
      const answer = await school.ask(who, '/console/api/lessons', body);
      expectAnswer('start', !gone.has(who), answer);
      if (!answer.ok) return false;
      let newer = at;
      for (const older of before)
        if (older.person === who && older.group === group) older.isOver = true;
        // Two that began in the same moment, or by a clock that was put back since: still one after the other.
        else older.start = newer = Math.min(older.start, newer - 1);
      const { id, code } = answer.said as { id: string; code: string };
      number += 1;
      world.lessons().push({
        number,
        id,
        code,
        person: who,
        group,
        kind: kinds[group][kind] ?? 'directed',
        sites: [...sites],
        start: at,
        end,
        overAt: world.now() + lasts * minute,
        isOver: false,
        eyesUp: false,
        ticked: [],
        opened: [],
        presents: false,
      });
      await settleAll();
      return true;
    },
    async extend({ which: at, minutes: lasts }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      const end = school.wall() + lasts * minute;
      const done = change(
        lesson,
        { change: 'extend', endsAt: new Date(end).toISOString() },
        end <= lesson.start + LONGEST,
      );
      if (end <= lesson.start + LONGEST) Object.assign(lesson, { end, overAt: world.now() + lasts * minute });
      return done;
    },
    async stop({ which: at }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      lesson.isOver = true;
      return change(lesson, { change: 'stop' });
    },
    async eyes({ which: at, on }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      lesson.eyesUp = on;
      return change(lesson, { change: 'eyes-up', on });
    },
    async addSite({ which: at, site: added }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      if (!lesson.sites.includes(added)) lesson.sites.push(added);
      return change(lesson, { change: 'add-sites', sites: pasted([added]) });
    },
    async tick({ which: at }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      const fits = lesson.group === '5-oak';
      if (fits) lesson.ticked = ['guest'];
      return change(lesson, { change: 'tick-seats', seats: [world.ids('guest')] }, fits);
    },
    async openSeat({ which: at }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      const fits = lesson.group === '5-oak';
      if (fits) lesson.opened = ['guest'];
      return change(lesson, { change: 'open-seat', seat: world.ids('guest') }, fits);
    },
    async present({ which: at, on }) {
      const lesson = chosen(at);
      if (!lesson) return false;
      const may = lesson.person === 'ben' || !on;
      if (may) lesson.presents = on;
      return change(lesson, { change: 'present', on }, may);
    },
    async join({ which: at }) {
      const lesson = chosen(at);
      const { seat: guest } = world.of('guest');
      if (lesson?.group !== '5-oak' || !guest.isRunning() || !guest.isLidOpen()) return false;
      if (['cut', 'half-open'].includes(guest.road.state())) return false;
      lesson.opened = ['guest'];
      guest.join(lesson.code);
      await settleAll();
      return true;
    },
    async deactivate({ who }) {
      if (gone.has(who)) return false;
      gone.add(who);
      for (const lesson of world.lessons()) if (lesson.person === who) lesson.isOver = true;
      await school.deactivate(who);
      await settleAll();
      return true;
    },
    async suspend({ minutes: lasts }) {
      const until = school.wall() + lasts * minute;
      world.suspended().set('anna', Math.max(until, world.suspended().get('anna') ?? 0));
      await school.suspend('anna@school.example', new Date(until).toISOString());
      await settleAll();
      return true;
    },
    async pass({ ms }) {
      await world.pass(ms);
      return true;
    },
    async lid({ seat: name, ms }) {
      const { seat: one } = world.of(name);
      one.closeLid();
      await settled();
      one.lidClosed();
      await world.pass(ms);
      one.openLid();
      await settled();
      askedAtOnce(name);
      return true;
    },
    async crash({ seat: name, ms }) {
      const { seat: one } = world.of(name);
      one.crash();
      await world.pass(ms);
      one.launch();
      await settled();
      askedAtOnce(name);
      return true;
    },
    async update({ seat: name }) {
      world.of(name).seat.update();
      await settled();
      askedAtOnce(name);
      return true;
    },
    async navigate({ seat: name }) {
      world.of(name).seat.navigate();
      await settled();
      return true;
    },
    async clock({ seat: name, ms }) {
      const { seat: one, time } = world.of(name);
      one.stepClock(ms);
      time.stepped(ms);
      one.ring();
      await settled();
      return true;
    },
    async endpointClock({ ms }) {
      school.clock.ahead += ms;
      await world.endpointLooks();
      // What a clock alone changes it signs within half a minute by itself.
      await settleAll();
      return true;
    },
    async restart({ ms }) {
      await school.restart();
      for (const lesson of world.lessons()) lesson.overAt = world.now() + lesson.end - school.wall();
      world.endDue();
      await settled();
      await world.pass(ms + 5_000);
      return true;
    },
    async road({ seat: name, state }) {
      const { seat: one } = world.of(name);
      const before = one.road.state();
      world.become(name, state);
      await settled();
      if (before === 'cut' && state !== 'cut') {
        one.cameOnline();
        await settled();
        askedAtOnce(name);
      }
      return true;
    },
    async replay({ seat: name, what }) {
      const { seat: one } = world.of(name);
      if (!one.road.stands()) return false;
      const others = seatNames.filter((other) => other !== name).map((other) => world.of(other).seat);
      const mine = one.road.past.slice(0, 1);
      const replayed = what === 'other' ? others.flatMap(({ road }) => road.past.slice(-1)) : mine;
      if (replayed.length === 0) return false;
      for (const jws of replayed) one.push(what === 'forged' ? forge(jws) : jws);
      await settled();
      return true;
    },
  };

  /** Whoever comes back asks at once, where something answers: after what was asked before and is under way. */
  function askedAtOnce(name: SeatName): void {
    const { seat: one, askedAt } = world.of(name);
    // Under the lid no time went by for it.
    world.of(name).roadSince = world.now();
    if (!['up', 'no-sockets'].includes(one.road.state()) || one.road.waits()) return;
    if (askedAt !== world.now()) throw new Error(`${name} is back, and has not asked`);
  }

  return ({ act, ...given }: Act): Promise<boolean> =>
    (does[act] as (given: unknown) => Promise<boolean>)(given);
}

type Answer = { ok: boolean; status: number; said: unknown };

/** The same orders, open for a day longer, under the old signature. */
function forge(jws: string): string {
  const [header, body = '', signature] = jws.split('.');
  const orders = JSON.parse(Buffer.from(body, 'base64url').toString());
  const later = { ...orders, issuedAt: new Date(Date.parse(orders.issuedAt) + day).toISOString() };
  return [header, Buffer.from(JSON.stringify(later)).toString('base64url'), signature].join('.');
}
