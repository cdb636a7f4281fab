import type { Policy } from '../../rules/policy.ts';
import { isPupil } from '../../rules/stages.ts';
import type { Class } from '../groups/classes.ts';
import type { Person } from '../people.ts';
import { may } from '../roles.ts';
import type { Store } from '../store/tables.ts';
import type { ClassLists, ClassListsNow } from './class-lists.ts';
import { hourOf, kindsOf, latestEndOf, usualEndOf } from './kinds.ts';
import { createHold } from './may-run.ts';
import { type KeptLesson, pastLessons } from './store.ts';
import { type StateOf, seatsOf } from './taking-part.ts';
import type { ClassCard, Classes, LastLesson, LessonSeats, LiveLesson } from './wire.ts';

/** Enough of the past that every class of a large school finds its last lesson. */
const LOOKED_BACK = 2_000;

type Parts = { store: Store; now: () => Date; classLists: ClassLists; stateOf: StateOf };

/** What the console shows of classes and lessons. Nothing individual, except in `seats`. */
export function createCards({ store, now, classLists, stateOf }: Parts) {
  function liveCard(
    lesson: KeptLesson,
    person: Person,
    { lists, policy, live }: { lists: ClassListsNow; policy: Policy; live: readonly KeptLesson[] },
  ): LiveLesson {
    const seats = seatsOf(lesson, lists.seats);
    const states = seats.map(({ seat }) => stateOf(lesson, seat.id));
    const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
    return {
      id: lesson.id,
      kind: lesson.kind,
      adult: lesson.adult,
      mine: lesson.person === person.id,
      groups: lesson.groups.map((id) => ({
        id,
        name: lists.classes.find((group) => group.id === id)?.name ?? id,
      })),
      sites: lesson.sites,
      bundles: policy.bundles
        .filter(({ id }) => lesson.bundles.includes(id))
        .map(({ id, title }) => ({ id, title })),
      startsAt: lesson.startsAt,
      endsAt: lesson.endsAt,
      latestEnd: new Date(withinPass(Date.parse(lesson.latestEnd), person)).toISOString(),
      eyesUp: lesson.eyesUpSince !== null,
      code: lesson.code,
      joined: count('joined'),
      behind: count('behind'),
      away: count('away'),
      overtakenBy: overtaking(lesson, live, lists)?.adult ?? null,
      presenting: lesson.presenter !== null,
    };
  }

  function classCard(
    group: Class,
    person: Person,
    around: { lists: ClassListsNow; policy: Policy; live: readonly KeptLesson[] },
    last: KeptLesson | undefined,
    mine: boolean,
  ): ClassCard {
    const at = now().getTime();
    const { policy, live, lists } = around;
    const here = live.filter(({ groups }) => groups.includes(group.id));
    // One's own stays on the card, where it says whose newer one holds; else the newest.
    const lesson = here.find((one) => one.person === person.id) ?? here[0];
    const hour = hourOf(policy, group, at);
    return {
      id: group.id,
      name: group.name,
      stage: group.stage,
      mine,
      pupils: group.pupils || lists.seats.filter(({ groups }) => groups.includes(group.id)).length,
      kinds: [...kindsOf[group.stage]],
      last: last ? lastLesson(last) : null,
      endsAt: new Date(withinPass(usualEndOf(policy, group, at), person)).toISOString(),
      latestEnd: new Date(withinPass(latestEndOf(at, policy), person)).toISOString(),
      live: lesson ? liveCard(lesson, person, around) : null,
      hour: hour && {
        title: hour.hour.title,
        adult: hour.hour.adult,
        endsAt: new Date(hour.endsAt).toISOString(),
      },
    };
  }

  return {
    /** The cards of the first page: classes that this person may run, her own first. */
    async classes(person: Person, policy: Policy, live: readonly KeptLesson[]): Promise<Classes> {
      const [lists, past, holdOf] = await Promise.all([
        classLists.read(policy),
        pastLessons(store, LOOKED_BACK),
        createHold(classLists, person),
      ]);
      const around = { lists, policy, live };
      const shown = lists.classes.filter(({ id, stage }) => isPupil(stage) && holdOf(id) !== 'none');
      const cards = shown.map((group) =>
        classCard(
          group,
          person,
          around,
          past.find(({ groups }) => groups.includes(group.id)),
          holdOf(group.id) === 'own',
        ),
      );
      return {
        classes: [...cards.filter(({ mine }) => mine), ...cards.filter(({ mine }) => !mine)],
        timeZone: policy.timeZone,
        now: now().toISOString(),
        lists: policy.lists
          .filter(({ says }) => says === 'open')
          .map(({ id, title, stages, groups, entries }) => ({ id, title, stages, groups, sites: entries })),
        bundles: policy.bundles.map(({ id, title }) => ({ id, title })),
        mayPaste: may(person.role, 'paste-sites'),
      };
    },

    async lesson(
      lesson: KeptLesson,
      person: Person,
      policy: Policy,
      live: readonly KeptLesson[],
    ): Promise<LiveLesson> {
      return liveCard(lesson, person, { lists: await classLists.read(policy), policy, live });
    },

    /** Individual, so only after a tap: names by class list, and how far each seat is. */
    async seats(lesson: KeptLesson, policy: Policy): Promise<LessonSeats> {
      const lists = await classLists.read(policy);
      const stages = lists.classes
        .filter(({ id }) => lesson.groups.includes(id))
        .map(({ stage }) => stage as string);
      const taking = seatsOf(lesson, lists.seats);
      const ids = new Set(taking.map(({ seat }) => seat.id));
      return {
        seats: taking.map(({ seat, by }) => ({
          seat: seat.id,
          name: seat.name,
          state: stateOf(lesson, seat.id),
          by,
          heardAt: seat.heardAt,
        })),
        others: lists.seats
          .filter((seat) => !seat.isListed && stages.includes(seat.stageHere) && !ids.has(seat.id))
          .map(({ id, name, heardAt }) => ({ seat: id, name, heardAt })),
      };
    },
  };
}
export type Cards = ReturnType<typeof createCards>;

const lastLesson = ({ id, kind, startsAt, title, sites, bundles }: KeptLesson): LastLesson => ({
  lesson: id,
  kind,
  at: startsAt,
  title,
  sites,
  bundles,
});

/** Nothing that somebody starts holds longer than their day pass. */
const withinPass = (end: number, { pass }: Person): number =>
  pass ? Math.min(end, Date.parse(pass.endsAt)) : end;

/** The newer lesson that reaches some of the same pupils: there the newest holds (issue 4.2). */
function overtaking(
  lesson: KeptLesson,
  live: readonly KeptLesson[],
  { seats }: ClassListsNow,
): KeptLesson | undefined {
  const newer = live.filter((one) => one.startsAt > lesson.startsAt && one.id !== lesson.id);
  if (newer.length === 0) return undefined;
  const mine = new Set(seatsOf(lesson, seats).flatMap(({ seat, by }) => (by === 'code' ? [] : [seat.id])));
  return newer.find(
    (one) =>
      one.groups.some((group) => lesson.groups.includes(group)) ||
      seatsOf(one, seats).some(({ seat, by }) => by !== 'code' && mine.has(seat.id)),
  );
}
