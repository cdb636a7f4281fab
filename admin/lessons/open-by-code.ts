import { policyNow } from '../documents-now.ts';
import { writeAudit } from '../store/audit.ts';
import { orderedSeats } from '../store/seats.ts';
import { lessonLine } from './audit-line.ts';
import { checkSeats } from './check-seats.ts';
import { codeMeant } from './code.ts';
import type { LessonParts } from './parts.ts';
import { changeLesson, type KeptLesson, liveLessons, withSeat } from './store.ts';

/** A class, and not the whole school: more seats by one code mean that it has gone round. */
const SEATS_BY_CODE = 40;

/** Opens one seat for the list of the live lesson that has this code; null if there is none for it. */
export async function openByCode(
  parts: LessonParts,
  typed: string,
  seat: string,
): Promise<KeptLesson | null> {
  const { store, now, classLists, changed } = parts;
  const code = codeMeant(typed);
  const lesson = (await liveLessons(store, now())).find((one) => one.code === code);
  if (!lesson || lesson.opened.filter(({ by }) => by === 'code').length >= SEATS_BY_CODE) return null;
  const policy = await policyNow(store);
  const groups = (await classLists.classes(policy)).filter(({ id }) => lesson.groups.includes(id));
  const [known] = await orderedSeats(store, [seat]);
  if (!known || (await checkSeats(parts, [seat], groups, null))) return null;
  const opened = withSeat(lesson, seat, 'code');
  if (opened.length === lesson.opened.length) return lesson;
  await store.transaction().execute(async (writing) => {
    await changeLesson(writing, lesson.id, { opened });
    await writeAudit(writing, [
      { ...lessonLine(now(), null, 'opened-seat', lesson, { byCode: true }), by: 'a seat' },
    ]);
  });
  changed();
  return { ...lesson, opened };
}
