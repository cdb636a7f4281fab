import type { LessonKind } from '../../../rules/orders.ts';

/*
 * What should hold, without a line of the product: who has which lesson, what a seat has heard, what its time may be,
 * and what is open by that.
 */

/** What is asked about: one page of each sort. `a` to `c` are what lessons are about. */
export const probes = {
  a: 'https://a.example/page',
  b: 'https://b.example/page',
  c: 'https://c.example/page',
  approved: 'https://approved.example/',
  platform: 'https://platform.example/',
  web: 'https://anything.example/',
  personal: 'https://personal.example/',
  games: 'https://games.example/',
  locked: 'https://locked.example/',
} as const;
export type Probe = keyof typeof probes;
export type Site = 'a' | 'b' | 'c';
export const probeNames = Object.keys(probes) as Probe[];

export type ModelLesson = {
  /** Its place among all lessons that were started. */
  number: number;
  /** As the endpoint names it. */
  id: string;
  code: string;
  person: string;
  group: string;
  kind: LessonKind;
  sites: Site[];
  start: number;
  end: number;
  /** When it is over by a clock that nobody sets, in true time. */
  overAt: number;
  isOver: boolean;
  eyesUp: boolean;
  ticked: string[];
  opened: string[];
  presents: boolean;
};

export type Stage = 'KS1' | 'KS2';
type HeardLesson = Pick<ModelLesson, 'number' | 'kind' | 'sites' | 'start' | 'end' | 'eyesUp'>;
/** What orders say to one seat. */
export type Said = {
  stage: Stage;
  lessons: HeardLesson[];
  lists: HeardLesson[];
  suspendedUntil: number | null;
};

/** A seat as the school knows it. */
export type SeatOf = { name: string; stage: Stage; group: string | null; presenter: string | null };

/** What the endpoint should say to a seat, when its clock shows `wall`. */
export function saysTo(
  seat: SeatOf,
  lessons: readonly ModelLesson[],
  suspended: ReadonlyMap<string, number>,
  groups: Record<string, Stage>,
  wall: number,
): Said {
  const said: Said = { stage: seat.stage, lessons: [], lists: [], suspendedUntil: null };
  for (const lesson of lessons) {
    if (lesson.isOver || lesson.end <= wall) continue;
    const { number, kind, sites, start, end, eyesUp, group } = lesson;
    const heard = { number, kind, sites: [...sites], start, end, eyesUp };
    if (lesson.presents && seat.presenter === lesson.person) {
      said.stage = groups[group] ?? seat.stage;
      said.lessons.push(kind === 'demonstration' ? { ...heard, kind: 'directly-supervised' } : heard);
    } else if (lesson.ticked.includes(seat.name) || group === seat.group) said.lessons.push(heard);
    // The list and nothing else of the lesson; but eyes up is said to everybody who has any of it.
    else if (lesson.opened.includes(seat.name)) said.lists.push(heard);
  }
  const until = suspended.get(seat.name);
  if (until !== undefined && until > wall) said.suspendedUntil = until;
  return said;
}

/** Which probes are open on a seat that has heard this, at this moment of its own time. */
export function openAt({ stage, lessons, lists, suspendedUntil }: Said, time: number): Set<Probe> {
  const holds = ({ start, end }: HeardLesson) => start <= time && time < end;
  const lesson = lessons.filter(holds).sort((one, other) => other.number - one.number)[0];
  const alone = lists.filter(holds);
  const isCovered = lesson?.eyesUp || alone.some(({ eyesUp }) => eyesUp);
  if ((suspendedUntil !== null && suspendedUntil > time) || isCovered) return new Set();
  const open = new Set<Probe>(alone.flatMap(({ sites }) => sites));
  const kind = lesson?.kind;
  if (lesson && kind !== 'demonstration') for (const site of lesson.sites) open.add(site);
  if (stage === 'KS1') return open;
  if (kind === 'directed') return open.add('platform');
  if (kind === 'directly-supervised') return open;
  open.add('approved').add('platform');
  if (kind === 'supervised') {
    open.add('web').add('personal');
    for (const site of ['a', 'b', 'c'] as const) open.add(site);
  }
  return open;
}

/** What `openAt` may answer for any moment between two. */
export function openBetween(said: Said, from: number, to: number): Set<Probe>[] {
  const turns = [...said.lessons, ...said.lists]
    .flatMap(({ start, end }) => [start, end])
    .concat(said.suspendedUntil ?? [])
    .filter((turn) => turn > from && turn <= to);
  return [from, ...turns].map((time) => openAt(said, time));
}

/** As much as a seat may be wrong when it has just heard the endpoint's clock, which counts whole seconds. */
const HEARD_MS = 2_000;
/** So much of a time in which it did not look counts for a clock that lies behind (`utils/clock.ts`). */
const LOOK_MS = 5 * 60_000;

/** Between what and what a seat's own time may lie. */
export type DeviceTime = ReturnType<typeof createDeviceTime>;
export function createDeviceTime(start: number) {
  let [from, to] = [start, start];
  /** The computer's clock was set back since the endpoint was heard. */
  let isBehind = false;
  /** … and nobody has looked since: that look learns nothing of what has passed. */
  let isFresh = false;
  let unlooked = 0;
  const gained = () => (isFresh ? 0 : isBehind ? Math.min(LOOK_MS, unlooked) : unlooked);
  return {
    /** `looks`: it would have looked if there had been anything to end. */
    from: (looks: boolean) => from + (looks ? gained() : 0),
    to: () => to,
    unlooked: () => unlooked,
    heard(date: number): void {
      [from, to] = [date - HEARD_MS, date + HEARD_MS];
      [isBehind, isFresh, unlooked] = [false, false, 0];
    },
    /** True time goes by. */
    passes(ms: number): void {
      to += ms;
      unlooked += ms;
    },
    /** It has looked at the computer's clock. */
    looked(): void {
      from += gained();
      [isFresh, unlooked] = [false, 0];
    },
    stepped(ms: number): void {
      if (ms > 0) to += ms;
      else [isBehind, isFresh] = [true, true];
    },
  };
}
