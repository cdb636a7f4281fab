import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import { policyNow } from '../documents-now.ts';
import type { Person } from '../people.ts';
import { writeAudit } from '../store/audit.ts';
import { hashAccount, hasSeatOf } from '../store/seats.ts';
import { lessonLine } from './audit-line.ts';
import { checkEnd } from './check-end.ts';
import { checkSeats } from './check-seats.ts';
import { checkPasted, checkSites, MOST_SITES, onceEach } from './check-sites.ts';
import { createHold, mayChange, maySee } from './may-run.ts';
import type { LessonChanged, LessonParts } from './parts.ts';
import { type Refused, refused } from './refused.ts';
import { changeLesson, type KeptLesson, lessonOf, withSeat } from './store.ts';
import type { ChangeLesson } from './wire.ts';

/** One change of a live lesson, by its adult or whoever has the class too. */
export async function changeLiveLesson(
  parts: LessonParts,
  person: Person,
  id: string,
  asked: ChangeLesson,
): Promise<LessonChanged> {
  const { store, now, classLists, changed } = parts;
  const lesson = await lessonOf(store, id);
  const holdOf = await createHold(classLists, person);
  if (!lesson || !maySee(lesson, person, holdOf))
    return refused(404, 'no-lesson', 'There is no such lesson.');
  if (!mayChange(lesson, person, holdOf))
    return refused(403, 'not-your-class', `This lesson is ${lesson.adult}’s.`);
  if (lesson.endedAt !== null || Date.parse(lesson.endsAt) <= now().getTime())
    return refused(409, 'lesson-over', 'This lesson is over.');
  const made = await changesFor(parts, person, lesson, asked);
  if ('ok' in made) return made;
  await store.transaction().execute(async (writing) => {
    await changeLesson(writing, id, made.changes);
    await writeAudit(writing, [lessonLine(now(), person, made.act, lesson, made.facts)]);
  });
  changed();
  return { ok: true, lesson: { ...lesson, ...made.changes } };
}

type Made = { changes: Partial<KeptLesson>; act: AuditAct; facts: AuditFacts };

async function changesFor(
  parts: LessonParts,
  person: Person,
  lesson: KeptLesson,
  asked: ChangeLesson,
): Promise<Made | Refused> {
  const { store, now, classLists } = parts;
  const policy = await policyNow(store);
  if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
  const groups = (await classLists.classes(policy)).filter(({ id }) => lesson.groups.includes(id));
  const at = now().toISOString();
  switch (asked.change) {
    case 'extend': {
      const wrong = checkEnd(asked.endsAt, Date.parse(lesson.startsAt), now(), policy, person);
      const endsAt = new Date(asked.endsAt).toISOString();
      return wrong ?? { changes: { endsAt }, act: 'extended-lesson', facts: { until: endsAt } };
    }
    case 'stop':
      return { changes: { endedAt: at, eyesUpSince: null }, act: 'stopped-lesson', facts: {} };
    case 'eyes-up':
      return {
        changes: { eyesUpSince: asked.on ? (lesson.eyesUpSince ?? at) : null },
        act: asked.on ? 'eyes-up' : 'eyes-down',
        facts: {},
      };
    case 'add-sites': {
      const pasted = await checkPasted(now(), asked.sites, person, groups);
      if (!pasted.ok) return pasted;
      const sites = onceEach([...lesson.sites, ...pasted.sites]);
      const wrong = await checkSites(parts, pasted.sites, groups, person, policy);
      if (wrong) return wrong;
      if (sites.length > MOST_SITES)
        return refused(422, 'too-many-sites', `A lesson has ${MOST_SITES} sites at most.`);
      return {
        changes: { sites },
        act: 'added-sites',
        facts: { siteCount: pasted.sites.length },
      };
    }
    case 'remove-site': {
      const sites = lesson.sites.filter(({ entry }) => entry !== asked.entry);
      if (sites.length === lesson.sites.length)
        return refused(422, 'no-site', 'This site is not one of the lesson’s.');
      return {
        changes: { sites },
        act: 'removed-site',
        facts: { sitesLeft: sites.length },
      };
    }
    case 'tick-seats': {
      const fresh = asked.seats.filter((id) => !lesson.seats.includes(id));
      const wrong =
        fresh.length > 0
          ? await checkSeats(parts, fresh, groups, await createHold(classLists, person))
          : null;
      const seats = [...new Set(asked.seats)];
      return wrong ?? { changes: { seats }, act: 'ticked-seats', facts: { seats: seats.length } };
    }
    case 'open-seat': {
      const wrong = await checkSeats(parts, [asked.seat], groups, await createHold(classLists, person));
      return (
        wrong ?? { changes: { opened: withSeat(lesson, asked.seat, 'hand') }, act: 'opened-seat', facts: {} }
      );
    }
    case 'present': {
      const presenter = hashAccount(person.email);
      if (asked.on && !(await hasSeatOf(store, presenter)))
        return refused(
          422,
          'no-own-seat',
          'No computer is known under your school account, so there is none to present on.',
        );
      return {
        changes: { presenter: asked.on ? presenter : null },
        act: asked.on ? 'presents-lesson' : 'ends-presenting',
        facts: {},
      };
    }
  }
}
