import type { Grant, Lesson } from '../../rules/orders.ts';
import type { Bundle, EntryLine, Policy } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stages.ts';
import type { Class } from '../groups/classes.ts';
import type { Said, Speaker } from '../orders-for-seat.ts';
import type { Writing } from '../store/tables.ts';
import { type KeptLesson, liveLessons } from './store.ts';

/** As many entries as one grant holds (`rules/orders.ts`). */
const PER_GRANT = 200;

/** The grant by which one seat has a lesson's list. */
export const seatGrantId = (lesson: string): string => `${lesson}:seat`;

/** Lessons, to a seat: those of its groups, those for which it was ticked, and what was opened for it alone. */
export const lessonSpeaker = (
  store: Writing,
  around: () => Promise<{ policy: Policy | null; classes: Class[] }>,
): Speaker => ({
  name: 'lessons',
  async read(now) {
    const live = await liveLessons(store, now);
    if (live.length === 0) return () => ({});
    const { policy, classes } = await around();
    const each = live.map((lesson) => ({
      lesson,
      ordered: orderedLesson(lesson),
      listAlone: grantsOf(lesson, policy?.bundles ?? []),
      stage: classes.find(({ id }) => id === lesson.groups[0])?.stage,
    }));
    return (seat, groups) => {
      const said: Said & { lessons: Lesson[]; grants: Grant[] } = { lessons: [], grants: [] };
      for (const { lesson, ordered, listAlone, stage } of each) {
        const isTicked = lesson.seats.includes(seat.id);
        if (lesson.presenter !== null && lesson.presenter === seat.account)
          presentAt(said, lesson, ordered, stage);
        else if (isTicked || lesson.groups.some((group) => groups.includes(group)))
          said.lessons.push(isTicked ? { ...ordered, seats: [seat.id] } : ordered);
        else if (lesson.opened.some((opened) => opened.seat === seat.id))
          said.grants.push(...listAlone.map((grant) => ({ ...grant, scope: { seats: [seat.id] } })));
      }
      return said;
    };
  },
});

/** The adult's own seat under the class's rules; where the class only watches, her seat is the one that is open. */
function presentAt(
  said: Said & { lessons: Lesson[] },
  { groups, kind }: KeptLesson,
  ordered: Lesson,
  stage: Stage | undefined,
): void {
  said.groups = [...(said.groups ?? []), ...groups];
  if (stage) said.stage = stage;
  said.lessons.push(kind === 'demonstration' ? { ...ordered, kind: 'directly-supervised' } : ordered);
}

/** A seat whose clock is this far behind ours starts a lesson with the others; what is further off it corrects. */
const CLOCKS_DIFFER_MS = 3_000;

const orderedLesson = (lesson: KeptLesson): Lesson => ({
  id: lesson.id,
  adult: lesson.adult,
  groups: lesson.groups,
  kind: lesson.kind,
  ...(lesson.eyesUpSince === null ? {} : { eyesUpSince: lesson.eyesUpSince }),
  sites: lesson.sites,
  bundles: lesson.bundles,
  startsAt: new Date(Date.parse(lesson.startsAt) - CLOCKS_DIFFER_MS).toISOString(),
  endsAt: lesson.endsAt,
});

function grantsOf(lesson: KeptLesson, bundles: readonly Bundle[]): Omit<Grant, 'scope'>[] {
  const entries: EntryLine[] = [
    ...lesson.sites,
    ...bundles.filter(({ id }) => lesson.bundles.includes(id)).flatMap(({ pages }) => pages),
  ];
  const grants: Omit<Grant, 'scope'>[] = [];
  // The first is there also without a list: it is what ties the seat to the lesson.
  for (let from = 0; from === 0 || from < entries.length; from += PER_GRANT)
    grants.push({
      id: from === 0 ? seatGrantId(lesson.id) : `${seatGrantId(lesson.id)}-${from / PER_GRANT + 1}`,
      entries: entries.slice(from, from + PER_GRANT),
      ...(lesson.bundles.length > 0 ? { bundles: lesson.bundles } : {}),
      reason: lesson.title || lesson.adult,
      by: lesson.adult,
      startsAt: new Date(Date.parse(lesson.startsAt) - CLOCKS_DIFFER_MS).toISOString(),
      endsAt: lesson.endsAt,
      ...(lesson.eyesUpSince === null ? {} : { eyesUpSince: lesson.eyesUpSince }),
    });
  return grants;
}
