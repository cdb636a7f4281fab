import { type Log, plainError } from '../log.ts';
import type { DayPasses } from './day-passes.ts';

/** A pass that was given meanwhile, or a clock that was set: nothing waits longer than this. */
const AT_LEAST_EVERY_MS = 30_000;

/** Ends day passes at their time. Whoever asks with one that is over is refused before that already. */
export function createPassEnds(passes: Pick<DayPasses, 'endDue'>, now: () => Date, log: Log) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const next = await passes.endDue().catch((error) => {
      log.error({ error: plainError(error) }, 'day passes');
      return undefined;
    });
    if (stopped) return;
    const ms = next ? Math.max(next.getTime() - now().getTime(), 50) : AT_LEAST_EVERY_MS;
    timer = setTimeout(look, Math.min(ms, AT_LEAST_EVERY_MS));
    timer.unref();
  }

  return {
    start: look,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
