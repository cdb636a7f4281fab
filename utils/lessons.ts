import type { Ending } from '../rules/endings.ts';
import type { Clock } from './clock.ts';
import type { InForce } from './enforce.ts';
import type { Store } from './store.ts';

/** The alarm that wakes the worker for the next start, end or warning. */
export const END_ALARM = 'end';
/** How long before an end a child is told of it (issue 4.3). */
const WARNING_MS = 2 * 60_000;
/** A timer that is longer than this is looked at in between: the computer's clock may have been set. */
const LOOK_AGAIN_MS = 10 * 60_000;
/** A moment that is there already: at once, but never in a circle. */
const SOONEST_MS = 1_000;
/** Chrome has refused the rules that would end something (it is told): as long as until the next beat. */
const TRY_AGAIN_MS = 30_000;

type Moments = Pick<InForce, 'holdsUntil' | 'ending'>;

/** The next moment at which this seat has something to do by itself, in device time; null if there is none. */
export function nextMoment({ holdsUntil, ending }: Moments, now: number): number | null {
  const warning = ending ? ending.at - WARNING_MS : null;
  const moments = [holdsUntil, warning !== null && warning > now ? warning : null].filter(
    (moment) => moment !== null,
  );
  return moments.length > 0 ? Math.min(...moments) : null;
}

/**
 * Wakes the worker for the next moment. Any context may set it, so that what a page brings in force with the worker
 * asleep ends as well. Chrome rings by the computer's clock, which may differ from device time.
 */
export async function setEndAlarm(
  alarms: { create(name: string, when: { when: number }): unknown; clear(name: string): unknown },
  clock: Clock,
  moments: Moments,
): Promise<void> {
  const next = nextMoment(moments, clock.now());
  if (next === null) await alarms.clear(END_ALARM);
  else await alarms.create(END_ALARM, { when: clock.own() + Math.max(SOONEST_MS, next - clock.now()) });
}

/** So much the endpoint's header and this clock may differ without anybody being wrong. */
const SAME_MS = 2_000;

/**
 * What is in force was judged for another time: something has begun or ended since; or the endpoint has put right a
 * clock that was ahead, and what had ended by it goes on.
 */
const isOutdated = ({ at, holdsUntil }: InForce, now: number): boolean =>
  (holdsUntil !== null && holdsUntil <= now) || at > now + SAME_MS;

type Parts = {
  store: Store;
  clock: Clock;
  bringInForce: () => Promise<void>;
  /** Tells whoever sits there that something closes soon. */
  warn: (ending: Ending, stage: InForce['stage']) => Promise<unknown>;
  /** It does not close after all. */
  unwarn: () => Promise<unknown>;
};

export type Lessons = ReturnType<typeof createLessons>;

/**
 * Starts and ends, in the worker: they need nobody, no endpoint and no network. While the worker lives a timer is
 * exact to milliseconds; while it sleeps Chrome's alarm wakes it (docs/decisions/010). Whatever wakes it, the end is
 * judged by device time, so a clock that was set, a lid that was closed and an update change nothing.
 */
export function createLessons({ store, clock, bringInForce, warn, unwarn }: Parts) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isUnreadable = false;

  /** Judges what has begun or ended since, tells what ends soon, and looks again at the next moment. */
  function look(): Promise<void> {
    // One at a time: whatever wakes us together with something else must not tell twice.
    looking = looking.then(lookNow, lookNow);
    return looking;
  }

  async function lookNow(): Promise<void> {
    const wasUnreadable = isUnreadable;
    const before = await store.get('inForce').catch(() => null);
    isUnreadable = before === null;
    // What cannot be read, as on a full disk, may have ended; when it can be read again, it may be there again.
    if (isUnreadable) return bringInForce();
    if (wasUnreadable || (before && isOutdated(before, clock.now()))) await bringInForce();
    const inForce = await store.get('inForce');
    if (!inForce) return;
    // Nor does a warning that cannot be noted hold up the end.
    await tellOf(inForce).catch(() => undefined);
    const next = nextMoment(inForce, clock.now());
    clearTimeout(timer);
    if (next === null) return;
    const left = next - clock.now();
    const wait = left > 0 ? Math.min(LOOK_AGAIN_MS, left) : TRY_AGAIN_MS;
    timer = setTimeout(() => void look(), wait);
  }

  /** Once for each ending; an ending that is put off is another one. */
  async function tellOf({ ending, stage }: InForce): Promise<void> {
    const near = ending && ending.at - clock.now() <= WARNING_MS ? ending : null;
    const name = near ? `${near.what}:${near.id}:${near.at}` : null;
    const told = (await store.get('warnedOf')) ?? null;
    if (name === told) return;
    await store.set('warnedOf', name);
    if (told) await unwarn();
    if (near) await warn(near, stage);
  }

  return { look };
}
