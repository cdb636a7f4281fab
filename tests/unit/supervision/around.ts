import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';

/*
 * Several seats and the endpoint in one process, each with a time, timers, locks and a network of its own: what runs
 * inside one of them sees the browser's globals of that one.
 */

/** What one running context sees of the world around it. */
export type Around = {
  /** Milliseconds that only grow. */
  passed: () => number;
  timers: Timers;
  locks: Map<string, Promise<unknown>>;
  fetch: typeof fetch;
};

type Timer = { at: number; every: number | null; ring: () => void };
export type Timers = ReturnType<typeof createTimers>;

/** Timers of one context, in its own `passed` time; nothing rings by itself. */
export function createTimers(passed: () => number) {
  const waiting = new Map<number, Timer>();
  let number = 0;
  return {
    set(ring: () => void, ms: number, every: boolean): number {
      number += 1;
      const wait = Math.max(0, Number(ms) || 0);
      waiting.set(number, { at: passed() + wait, every: every ? wait : null, ring });
      return number;
    },
    clear: (id: number) => void waiting.delete(id),
    /** When the next one rings, in `passed` time; periods as often as they may. */
    next: (periods: 'with-periods' | 'without-periods'): number =>
      Math.min(
        Number.POSITIVE_INFINITY,
        ...[...waiting.values()]
          .filter(({ every }) => every === null || periods === 'with-periods')
          .map(({ at }) => at),
      ),
    /** Rings what is due; a period that was missed several times rings once. */
    ring(): number {
      const due = [...waiting].filter(([, { at }]) => at <= passed()).sort(([, a], [, b]) => a.at - b.at);
      for (const [id, timer] of due) {
        if (!waiting.has(id)) continue;
        if (timer.every === null) waiting.delete(id);
        else timer.at = passed() + timer.every;
        timer.ring();
      }
      return due.length;
    },
    stop: () => waiting.clear(),
  };
}

const here = new AsyncLocalStorage<Around>();

/** Runs something as if it were in that context; what it starts stays there. */
export const within = <T>(around: Around, what: () => T): T => here.run(around, what);

/** How much is under way: settled is when nothing is. */
let underWay = 0;
const under = <T>(work: Promise<T>): Promise<T> => {
  underWay += 1;
  const done = () => {
    underWay -= 1;
  };
  work.then(done, done);
  return work;
};
/** The same for what is not of our making: a request at the endpoint, a file that is read. */
export const counted = under;

const realImmediate = globalThis.setImmediate;
const turn = () => new Promise<void>((resolve) => void realImmediate(resolve));

/** Resolves when everything that does not wait for time or network has run. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await turn();
    quiet = underWay === 0 ? quiet + 1 : 0;
  }
}

/** Puts our globals in place of the real ones, once for a test file. */
export function takeGlobals(): void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval };
  const realPassed = performance.now.bind(performance);
  const set =
    (every: boolean, otherwise: typeof setTimeout | typeof setInterval) =>
    (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const around = here.getStore();
      if (!around) return otherwise(ring, ms, ...given);
      const id = around.timers.set(() => within(around, () => ring(...given)), ms, every);
      const timer = { id, around, unref: () => timer, ref: () => timer, hasRef: () => false };
      return timer;
    };
  const clear = (otherwise: (timer: never) => void) => (timer: unknown) => {
    const ours = timer as { id?: number; around?: Around } | undefined;
    if (ours?.around) ours.around.timers.clear(ours.id as number);
    else otherwise(timer as never);
  };
  Object.assign(globalThis, {
    setTimeout: set(false, real.setTimeout),
    setInterval: set(true, real.setInterval),
    clearTimeout: clear(real.clearTimeout),
    clearInterval: clear(real.clearInterval),
    setImmediate: (ring: (...given: unknown[]) => void, ...given: unknown[]) => {
      underWay += 1;
      return realImmediate(() => {
        underWay -= 1;
        ring(...given);
      });
    },
    fetch: (...asked: Parameters<typeof fetch>) => {
      const around = here.getStore();
      if (!around) throw new Error('a fetch of nobody');
      return around.fetch(...asked);
    },
    // One context each: nobody is there to hear.
    BroadcastChannel: class {
      postMessage() {}
      addEventListener() {}
    },
  });
  performance.now = () => here.getStore()?.passed() ?? realPassed();
  // The network of a seat counts its time-outs itself, in its own time.
  AbortSignal.timeout = () => new AbortController().signal;
  const subtle = SubtleCrypto.prototype as unknown as Record<
    string,
    (...given: unknown[]) => Promise<unknown>
  >;
  for (const name of ['verify', 'sign', 'importKey']) {
    const before = subtle[name];
    if (!before) continue;
    subtle[name] = function (this: SubtleCrypto, ...given: unknown[]) {
      return under(before.apply(this, given));
    };
  }
  // The same digest without a trip to another thread: there are thousands.
  subtle.digest = async (_, given) => {
    const bytes = createHash('sha256')
      .update(given as Uint8Array)
      .digest();
    return new Uint8Array(bytes).buffer;
  };
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: takeLock } });
}

/** One after the other, for each name in each context. */
async function takeLock(name: string, ...given: unknown[]): Promise<unknown> {
  const work = given.at(-1) as (lock: unknown) => Promise<unknown>;
  const locks = here.getStore()?.locks;
  if (!locks) throw new Error('a lock of nobody');
  const before = locks.get(name) ?? Promise.resolve();
  const mine = before.then(() => work({ name }));
  locks.set(
    name,
    mine.catch(() => undefined),
  );
  return mine;
}
