import { type Log, plainError } from '../log.ts';
import type { LessonsOf } from './lessons.ts';
import type { KeptLesson } from './store.ts';

/** At least so often the endpoint looks itself: a computer that slept, a clock that was changed. */
const LOOK_MS = 5_000;

type Parts = {
  now: () => Date;
  /** Milliseconds that pass whatever the clock on the wall is set to. */
  passed: () => number;
  log: Log;
  lessons: Pick<LessonsOf, 'endDue' | 'liveNow'>;
};

/**
 * Ends lessons by the clock, and at the latest when their time has passed by a clock that nobody can set: put back in
 * the middle of a lesson, the wall's clock would make it longer.
 */
export function createEnds({ now, passed, log, lessons }: Parts) {
  const deadlines = new Map<string, { endsAt: string; passedAt: number }>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const isOver = (lesson: KeptLesson): boolean =>
    Date.parse(lesson.endsAt) <= now().getTime() ||
    (deadlines.get(lesson.id)?.passedAt ?? Infinity) <= passed();

  async function look(): Promise<void> {
    clearTimeout(timer);
    try {
      await lessons.endDue(isOver);
      const live = await lessons.liveNow();
      for (const id of deadlines.keys()) if (!live.some((lesson) => lesson.id === id)) deadlines.delete(id);
      for (const { id, endsAt } of live)
        if (deadlines.get(id)?.endsAt !== endsAt)
          deadlines.set(id, { endsAt, passedAt: passed() + Date.parse(endsAt) - now().getTime() });
    } catch (error) {
      log.error({ error: plainError(error) }, 'ends of lessons');
    }
    if (stopped) return;
    clearTimeout(timer);
    const next = Math.min(LOOK_MS, ...[...deadlines.values()].map(({ passedAt }) => passedAt - passed()));
    timer = setTimeout(() => void look(), Math.max(0, next)).unref();
  }

  let inTurn: Promise<void> = Promise.resolve();
  const lookInTurn = () => {
    inTurn = inTurn.then(look);
    return inTurn;
  };

  return {
    /** Looks now: at the start, and whenever a lesson began or changed. */
    look: lookInTurn,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await inTurn;
    },
  };
}
export type Ends = ReturnType<typeof createEnds>;
