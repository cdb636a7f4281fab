import type { AuditFacts } from '../audit-acts.ts';
import { policyNow } from '../documents-now.ts';
import type { Class } from '../groups/classes.ts';
import type { Person } from '../people.ts';
import { writeAudit } from '../store/audit.ts';
import { lessonLine } from './audit-line.ts';
import { checkEnd } from './check-end.ts';
import { checkSeats } from './check-seats.ts';
import { chosenSites } from './chosen-sites.ts';
import { makeCode } from './code.ts';
import { kindsOf, latestEndOf } from './kinds.ts';
import { createHold, type Hold } from './may-run.ts';
import type { LessonChanged, LessonParts } from './parts.ts';
import { refused } from './refused.ts';
import { changeLesson, type KeptLesson, keepLesson, liveLessons } from './store.ts';
import { titleOf } from './title.ts';
import type { StartLesson } from './wire.ts';

/** Starts a lesson now. What the same adult had with the same class ends; of other lessons the newest holds. */
export async function startLesson(
  parts: LessonParts,
  person: Person,
  asked: StartLesson,
): Promise<LessonChanged> {
  const { store, now, newId, classLists, changed } = parts;
  const policy = await policyNow(store);
  if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
  const classes = await classLists.classes(policy);
  const groups: Class[] = [];
  for (const id of new Set(asked.groups)) {
    const group = classes.find((one) => one.id === id);
    if (!group) return refused(422, 'no-group', `There is no class “${id.slice(0, 40)}”.`);
    const kinds = kindsOf[group.stage];
    if (!kinds.includes(asked.kind))
      return refused(
        422,
        'kind-not-for-stage',
        kinds.length === 0
          ? `${group.name} is no class of pupils.`
          : `${group.name} is ${group.stage}: a lesson there is ${kinds.join(', ')}, not ${asked.kind}.`,
      );
    groups.push(group);
  }
  const holdOf = await createHold(classLists, person);
  const holds = groups.map(({ id }) => holdOf(id));
  const foreign = groups[holds.indexOf('none')];
  if (foreign) return refused(403, 'not-your-class', `${foreign.name} is not one of your classes.`);
  const at = now();
  const end = checkEnd(asked.endsAt, at.getTime(), at, policy, person);
  if (end) return end;

  const chosen = await chosenSites(parts, asked, person, groups, policy);
  if (!chosen.ok) return chosen;
  const seatsWrong = asked.seats.length > 0 ? await checkSeats(parts, asked.seats, groups, holdOf) : null;
  if (seatsWrong) return seatsWrong;

  const live = await liveLessons(store, now());
  const startsAt = at.toISOString();
  const lesson: KeptLesson = {
    id: newId(),
    person: person.id,
    adult: person.name,
    kind: asked.kind,
    groups: groups.map(({ id }) => id),
    title: titleOf(asked, chosen.sites, policy, chosen.again),
    sites: chosen.sites,
    bundles: chosen.bundles,
    seats: [...new Set(asked.seats)],
    opened: [],
    startsAt,
    endsAt: new Date(asked.endsAt).toISOString(),
    latestEnd: new Date(latestEndOf(at.getTime(), policy)).toISOString(),
    endedAt: null,
    eyesUpSince: null,
    code: makeCode(new Set(live.map(({ code }) => code))),
    presenter: null,
  };
  await store.transaction().execute(async (writing) => {
    let newer = at.getTime();
    for (const older of live) {
      if (older.person === person.id && older.groups.every((id) => lesson.groups.includes(id))) {
        // She starts again with the same class: what she did before must not come back when this one stops.
        await changeLesson(writing, older.id, { endedAt: startsAt, eyesUpSince: null });
        continue;
      }
      // The newest holds, also when the clock was put back; and of those before it each keeps its place.
      const began = Date.parse(older.startsAt);
      newer = Math.min(began, newer - 1);
      if (newer < began) await changeLesson(writing, older.id, { startsAt: new Date(newer).toISOString() });
    }
    await keepLesson(writing, lesson);
    await writeAudit(writing, [
      lessonLine(now(), person, 'started-lesson', lesson, startedFacts(lesson, holds)),
    ]);
  });
  changed();
  return { ok: true, lesson };
}

const startedFacts = (
  { kind, sites, bundles, seats, endsAt }: KeptLesson,
  holds: readonly Hold[],
): AuditFacts => ({
  lesson: kind,
  siteCount: sites.length,
  ...(bundles.length > 0 ? { bundles: bundles.length } : {}),
  ...(seats.length > 0 ? { seats: seats.length } : {}),
  until: endsAt,
  ...(holds.includes('cover') ? { cover: true as const } : {}),
});
