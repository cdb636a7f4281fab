import { policyNow } from '../documents-now.ts';
import type { Person } from '../people.ts';
import { createSerially } from '../serially.ts';
import { changeLiveLesson } from './change.ts';
import { endDue, endLessonsOf } from './end-for-good.ts';
import { openByCode } from './open-by-code.ts';
import type { LessonChanged, LessonParts } from './parts.ts';
import { startLesson } from './start.ts';
import { type KeptLesson, liveLessons } from './store.ts';
import type { ChangeLesson, StartLesson } from './wire.ts';

/**
 * What adults do with lessons: each act is checked whole, kept with its line in the audit, and told to the seats. One
 * act at a time.
 */
export function createLessons(parts: LessonParts) {
  const { store, now } = parts;
  const inTurn = createSerially();
  return {
    policyNow: () => policyNow(store),
    liveNow: (): Promise<KeptLesson[]> => liveLessons(store, now()),
    start: (person: Person, asked: StartLesson): Promise<LessonChanged> =>
      inTurn(() => startLesson(parts, person, asked)),
    change: (person: Person, id: string, asked: ChangeLesson): Promise<LessonChanged> =>
      inTurn(() => changeLiveLesson(parts, person, id, asked)),
    endDue: (isOver: (lesson: KeptLesson) => boolean): Promise<void> => inTurn(() => endDue(parts, isOver)),
    endLessonsOf: (person: string): Promise<void> => inTurn(() => endLessonsOf(parts, person)),
    openByCode: (typed: string, seat: string): Promise<KeptLesson | null> =>
      inTurn(() => openByCode(parts, typed, seat)),
  };
}
export type LessonsOf = ReturnType<typeof createLessons>;
