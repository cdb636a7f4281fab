import { settled, within } from './around.ts';
import {
  createDeviceTime,
  type DeviceTime,
  type ModelLesson,
  openBetween,
  type Probe,
  probeNames,
  probes,
  type Said,
  type SeatOf,
  saysTo,
} from './model.ts';
import { createRoad, type RoadState } from './road.ts';
import { emailOf, groups, openSchool, pupil } from './school.ts';
import { createSeat, newProfile, type Profile, type Seat } from './seat.ts';

const START = Date.parse('2026-11-20T09:00:00Z');
/** How often the endpoint looks for itself in a test; it would look every five seconds. */
const TICK_MS = 20_000;
/** Longer times are walked in so many steps; ends are still met to the moment. */
const [FINE_MS, STEPS] = [200_000, 6];
/** Two beats of the worker's alarm, with what a beat takes. */
const LOOKS_WITHIN_MS = 61_000;
/** Issue 4.3: where the live channel is blocked. */
const POLLS_WITHIN_MS = 90_000;

export const seatNames = ['anna', 'infant', 'guest'] as const;
export type SeatName = (typeof seatNames)[number];
const about: Record<SeatName, SeatOf & { managed?: string; account?: string }> = {
  /** Of the class by the class list. */
  anna: { name: 'anna', stage: 'KS2', group: '5-oak', presenter: null, account: pupil },
  /** Of the class by managed settings. */
  infant: { name: 'infant', stage: 'KS1', group: '2b', presenter: null, managed: '2b' },
  /** Of no class: ticked, opened by hand or code, or the seat on which Ben presents. */
  guest: { name: 'guest', stage: 'KS2', group: null, presenter: 'ben', account: emailOf('ben') },
};

/** What the model knows of one seat beside what it says. */
type Known = {
  seat: Seat;
  time: DeviceTime;
  heard: Said;
  roadSince: number;
  askedAt: number;
  /** When Chrome's alarms last waited for a clock that was set back. */
  waitedAt: number;
  /** Its stage was another one for a time: its lists may be on their way. */
  listsUnsure: boolean;
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Three seats of two classes, their endpoint and the roads between, beside the model of them all. */
export async function openWorld() {
  let now = START;
  const school = await openSchool(() => now);
  const profiles = new Map<SeatName, Profile>();
  const ids = new Map<SeatName, string>();
  const known = new Map<SeatName, Known>();
  let lessons: ModelLesson[] = [];
  let suspended = new Map<string, number>();
  const counts = {
    open: 0,
    closed: 0,
    stands: 0,
    polled: 0,
    alone: 0,
    checks: 0,
    several: 0,
    coveredAlone: 0,
  };

  function says(name: SeatName): Said {
    endDue();
    return saysTo(about[name], lessons, suspended, groups, school.wall());
  }

  /** What is over by either clock is over for good. */
  function endDue(): void {
    for (const lesson of lessons)
      if (lesson.end <= school.wall() || lesson.overAt <= now) lesson.isOver = true;
  }

  function makeSeat(name: SeatName): Known {
    const time = createDeviceTime(now);
    const road = createRoad(
      school.served,
      () => says(name),
      ({ date, orders, asked }) => {
        if (date !== undefined) one.time.heard(date);
        if (asked) one.askedAt = now;
        if (orders === undefined) return;
        const next = orders as Said;
        if (next.stage !== one.heard.stage) one.listsUnsure = true;
        one.heard = next;
      },
    );
    const { stage, managed, account } = about[name];
    const seat = createSeat(name, () => now, {
      settings: school.settingsFor(stage, managed),
      ...(account === undefined ? {} : { account }),
      road,
      looked: () => one.time.looked(),
    });
    const one: Known = {
      seat,
      time,
      heard: { stage, lessons: [], lists: [], suspendedUntil: null },
      roadSince: now,
      askedAt: now,
      waitedAt: 0,
      listsUnsure: false,
    };
    known.set(name, one);
    return one;
  }

  for (const name of seatNames) {
    const { seat } = makeSeat(name);
    await seat.fill(newProfile);
    seat.launch();
    await settled();
    ids.set(name, await seat.seatId());
    const profile = await seat.read();
    if (!profile.state.inForce?.lists) throw new Error(`${name} began without its lists`);
    profiles.set(name, profile);
    if (!ids.get(name)) throw new Error(`${name} has no seat: ${JSON.stringify(await seat.troubles())}`);
    seat.reset();
  }

  const of = (name: SeatName): Known => known.get(name) as Known;
  const all = () => [...known.values()];

  /** Chrome ends a worker that has nothing to do; here at once. */
  function letSleep(): void {
    for (const { seat } of all()) if (seat.isAwake() && !seat.road.keepsAwake()) seat.sleep();
  }

  function advance(to: number): void {
    for (const one of all()) {
      one.time.passes(to - now);
      if (one.seat.alarmsWait()) one.waitedAt = to;
    }
    now = to;
  }

  async function endpointLooks(): Promise<void> {
    const { around } = school.served();
    within(around, () => around.timers.ring());
    await settled();
    await school.inside((endpoint) => endpoint.endLessons());
    endDue();
    await settled();
  }

  /** Time goes by for everybody. */
  async function pass(ms: number): Promise<void> {
    const end = now + ms;
    const grain = ms > FINE_MS ? ms / STEPS : TICK_MS;
    let tick = now;
    letSleep();
    for (;;) {
      const over = lessons.filter(({ isOver }) => !isOver).map(({ overAt }) => overAt);
      const nextTick = Math.min(tick + grain, ...over.filter((at) => at > now));
      const next = Math.min(end, nextTick, ...all().map(({ seat }) => Math.max(now, seat.next(grain))));
      advance(next);
      if (next === nextTick || next === end) {
        tick = Math.max(tick, next === nextTick ? next : tick);
        await endpointLooks();
      }
      for (const { seat } of all()) seat.ring();
      await settled();
      letSleep();
      if (next >= end) return;
    }
  }

  /** The model's word against what Chrome's rules say, on every seat that somebody can see. */
  function check(after: string, lasted = 0): void {
    const grain = lasted > FINE_MS ? lasted / STEPS : 0;
    for (const [name, one] of known) {
      const { seat, time, heard } = one;
      if (!seat.isRunning() || !seat.isLidOpen()) continue;
      counts.checks += 1;
      if (seat.alarmsWait()) one.waitedAt = now;
      const rings = now - one.waitedAt > LOOKS_WITHIN_MS + grain;
      const looks = seat.isAwake() || rings;
      const urls = seat.opens(Object.values(probes));
      const opens = new Set(probeNames.filter((probe) => urls.has(probes[probe])));
      counts[opens.size > 0 ? 'open' : 'closed'] += 1;
      if (opens.size === 0 && heard.lists.some(({ eyesUp }) => eyesUp)) counts.coveredAlone += 1;
      const may = openBetween(heard, time.from(looks), time.to());
      if (may.length > 1) counts.several += 1;
      if (one.listsUnsure) may.push(...may.map(withoutWeb));
      if (!may.some((set) => isSame(set, opens)))
        throw new Error(
          `${name} after ${after}: ${isMore(opens, may) ? 'MORE OPEN' : 'less open'} than the model says.\n` +
            `  open: ${[...opens].join(' ')}\n  model: ${may.map((set) => `{${[...set].sort().join(' ')}}`).join(' or ')}\n` +
            `  heard ${JSON.stringify(heard)}\n  its time ${at(time.from(looks))} to ${at(time.to())}, wall ${at(school.wall())}, own ${at(seat.own())}, true ${at(now)}, road ${seat.road.state()}`,
        );
      const since = now - one.roadSince;
      if (seat.road.stands()) {
        counts.stands += 1;
        const [has, should] = [stillTrue(heard), stillTrue(says(name))];
        if (has !== should)
          throw new Error(
            `${name} after ${after}: pushed, and has not heard.\n  has ${has}\n  not ${should}`,
          );
      } else counts[seat.road.state() === 'no-sockets' ? 'polled' : 'alone'] += 1;
      if (!rings) continue;
      if (time.unlooked() > LOOKS_WITHIN_MS + grain)
        throw new Error(`${name} after ${after}: has not looked at its clock for ${time.unlooked()} ms`);
      const isOnline = ['up', 'no-sockets'].includes(seat.road.state());
      if (isOnline && since > POLLS_WITHIN_MS + grain && now - one.askedAt > POLLS_WITHIN_MS + grain)
        throw new Error(`${name} after ${after}: has not asked for ${now - one.askedAt} ms`);
    }
  }

  const stillTrue = ({ stage, lessons: some, lists, suspendedUntil: until }: Said): string => {
    const wall = school.wall();
    const holds = ({ end }: { end: number }) => end > wall;
    const suspendedUntil = until !== null && until > wall ? until : null;
    return JSON.stringify({ stage, suspendedUntil, lessons: some.filter(holds), lists: lists.filter(holds) });
  };

  return {
    school,
    counts,
    of,
    pass,
    check,
    endDue,
    now: () => now,
    lessons: () => lessons,
    suspended: () => suspended,
    ids: (name: SeatName) => ids.get(name) ?? '',
    /** The endpoint looks at once: its clock was set, or it has begun again. */
    endpointLooks,
    /** A seat's road becomes another. */
    become(name: SeatName, state: RoadState): void {
      of(name).seat.road.become(state);
      of(name).roadSince = now;
    },
    /** A new sequence begins: everything of the last is gone. */
    async begin(): Promise<void> {
      for (const { seat } of all()) seat.reset();
      await settled();
      lessons = [];
      suspended = new Map();
      now += 60_000;
      await school.reset();
      for (const name of seatNames) {
        const { seat } = makeSeat(name);
        await seat.fill(profiles.get(name) as Profile);
        // Somebody has used it for a while: the worker wakes, and finds its socket.
        seat.started();
      }
      await settled();
      check('the beginning');
    },
    async close(): Promise<void> {
      for (const { seat } of all()) seat.reset();
      await school.close();
    },
  };
}

const isSame = (one: ReadonlySet<Probe>, other: ReadonlySet<Probe>) =>
  one.size === other.size && [...one].every((probe) => other.has(probe));
const isMore = (open: ReadonlySet<Probe>, may: readonly ReadonlySet<Probe>[]) =>
  [...open].some((probe) => may.every((set) => !set.has(probe)));

/** The same where lists are not in force yet: only what is named is open (DESIGN §7). */
function withoutWeb(open: ReadonlySet<Probe>): Set<Probe> {
  if (!open.has('web')) return new Set(open);
  return new Set([...open].filter((probe) => !['web', 'personal'].includes(probe)));
}

const at = (ms: number) => new Date(ms).toISOString().slice(5, 23);
