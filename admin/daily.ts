import { type Log, plainError } from './log.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 15 * 60_000;

/**
 * Does a task now and then once a day, by the clock handed in: a computer that slept catches up within a quarter of an
 * hour. A task that fails is logged and tried again at the next look.
 */
export function createDaily({ now, log }: { now: () => Date; log: Log }, task: () => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined;
  let doneAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const at = now().getTime();
    // A clock that was put back must not stop the task for good.
    if (Math.abs(at - doneAt) < DAY_MS) return;
    try {
      await task();
      doneAt = at;
    } catch (error) {
      log.error({ error: plainError(error) }, 'daily task');
    }
  }

  const lookInTurn = () => {
    underWay = underWay.then(look);
    return underWay;
  };

  return {
    /** Resolves after the first time. */
    start(): Promise<void> {
      timer ??= setInterval(lookInTurn, LOOK_MS).unref();
      return lookInTurn();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await underWay;
    },
  };
}
