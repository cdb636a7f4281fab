import type { AuditFacts } from '../audit-acts.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { lessonLine } from './audit-line.ts';
import type { LessonParts } from './parts.ts';
import { changeLesson, type KeptLesson, openLessons } from './store.ts';

const NO_ADULT = 'no-adult';

/** Ends what is due. `isOver` may know better than the clock. */
export async function endDue(parts: LessonParts, isOver: (lesson: KeptLesson) => boolean): Promise<void> {
  const open = await openLessons(parts.store);
  await end(parts, open.filter(isOver), 'by-its-end');
  const running = open.filter((lesson) => !isOver(lesson));
  const staff = await whoTeaches(
    parts.store,
    running.map(({ person }) => person),
  );
  await end(
    parts,
    running.filter(({ person }) => !staff.has(person)),
    NO_ADULT,
  );
}

/** Whoever may not teach any more leaves no class open behind her. */
export async function endLessonsOf(parts: LessonParts, person: string): Promise<void> {
  const open = await openLessons(parts.store);
  await end(
    parts,
    open.filter((lesson) => lesson.person === person),
    NO_ADULT,
  );
}

/** Ends lessons for good: what has ended does not come back with a clock that is set back. */
async function end(
  { store, now, changed }: LessonParts,
  ended: readonly KeptLesson[],
  why: AuditFacts['ended'],
): Promise<void> {
  if (ended.length === 0) return;
  const endedAt = now().toISOString();
  await store.transaction().execute(async (writing) => {
    for (const { id } of ended) await changeLesson(writing, id, { endedAt, eyesUpSince: null });
    await writeAudit(
      writing,
      ended.map((lesson) => lessonLine(now(), null, 'lesson-ended', lesson, { ended: why })),
    );
  });
  changed();
}

/** Those of these people who still may sign in: the command line may have removed one meanwhile. */
async function whoTeaches(store: Store, people: readonly string[]): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const rows = await store
    .selectFrom('people')
    .select('id')
    .where('id', 'in', [...new Set(people)])
    .where('deactivatedAt', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
