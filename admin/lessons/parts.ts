import type { Store } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { ClassLists } from './class-lists.ts';
import type { Refused } from './refused.ts';
import type { KeptLesson } from './store.ts';

/** What every act with a lesson needs. */
export type LessonParts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  classLists: ClassLists;
  listsOf: ReturnType<typeof createCatalogueLists>;
  /** Something is in force that was not before: seats and consoles should know. */
  changed: () => void;
};

export type LessonChanged = { ok: true; lesson: KeptLesson } | Refused;
