import { z } from 'zod';
import { LessonKind } from '../../rules/orders.ts';
import { EntryLine, SchoolList } from '../../rules/policy.ts';
import { Stage } from '../../rules/stages.ts';

/**
 * What the console asks about lessons, under `/console/api`. A card is projected: nothing individual is on it. Names
 * and seats are a further request.
 */

const Instant = z.iso.datetime();

/** The lesson as its card shows it. */
export const LiveLesson = z.object({
  id: z.string(),
  kind: LessonKind,
  adult: z.string(),
  /** Started by the person who asks. */
  mine: z.boolean(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  sites: z.array(EntryLine),
  bundles: z.array(z.object({ id: z.string(), title: z.string() })),
  startsAt: Instant,
  endsAt: Instant,
  /** The latest end that the policy allows. */
  latestEnd: Instant,
  eyesUp: z.boolean(),
  /** Typed on a closed page, opens one seat (issue 4.7). */
  code: z.string(),
  /** Seats with the lesson in force, seats that are on-line and behind, and seats of the class not on-line. */
  joined: z.int(),
  behind: z.int(),
  away: z.int(),
  /** Another lesson reached some of these pupils later: whose, so that both adults know (issue 4.2). */
  overtakenBy: z.string().nullable(),
  /** The adult's own seat shows the lesson under the class's rules. */
  presenting: z.boolean(),
});
export type LiveLesson = z.infer<typeof LiveLesson>;

/** What a class had last, so that today is one tap. */
export const LastLesson = z.object({
  lesson: z.string(),
  kind: LessonKind,
  at: Instant,
  title: z.string(),
  sites: z.array(EntryLine),
  bundles: z.array(z.string()),
});
export type LastLesson = z.infer<typeof LastLesson>;

/** GET /console/api/classes: the cards of the first page, one's own classes first. */
export const ClassCard = z.object({
  id: z.string(),
  name: z.string(),
  stage: Stage,
  mine: z.boolean(),
  pupils: z.int(),
  /** Kinds that the stage knows. */
  kinds: z.array(LessonKind),
  last: LastLesson.nullable(),
  /** By default the end of the timetable's period. */
  endsAt: Instant,
  latestEnd: Instant,
  live: LiveLesson.nullable(),
  /** A timetabled hour supervises the class now, without a tap. */
  hour: z.object({ title: z.string(), adult: z.string(), endsAt: Instant }).nullable(),
});
export const Classes = z.object({
  classes: z.array(ClassCard),
  timeZone: z.string(),
  now: Instant,
  /** The school's approved lists and bundles, to choose from; `isListFor` says which of them are for whom. */
  lists: z.array(
    SchoolList.pick({ id: true, title: true, stages: true, groups: true }).extend({
      sites: z.array(EntryLine),
    }),
  ),
  bundles: z.array(z.object({ id: z.string(), title: z.string() })),
  mayPaste: z.boolean(),
});
export type ClassCard = z.infer<typeof ClassCard>;
export type Classes = z.infer<typeof Classes>;

/** A pasted address. At KS1 it is an act of approval: `looked` and a reason are needed (issue 4.3). */
export const PastedSite = z.object({
  entry: z.string().min(1).max(2_048),
  title: z.string().max(200).optional(),
  looked: z.boolean().optional(),
  reason: z.string().max(300).optional(),
});
export type PastedSite = z.infer<typeof PastedSite>;

/** POST /console/api/lessons: starts one now. Answers `LiveLesson`, or a refusal that names what is wrong where. */
export const StartLesson = z.object({
  groups: z.array(z.string()).min(1).max(20),
  kind: LessonKind,
  /** Sites as they stood in an earlier lesson or an approved list. */
  again: z.string().optional(),
  lists: z.array(z.string()).max(20).default([]),
  bundles: z.array(z.string()).max(50).default([]),
  sites: z.array(PastedSite).max(100).default([]),
  endsAt: Instant,
  /** Seats ticked from the class list beside the groups. */
  seats: z.array(z.uuid()).max(500).default([]),
});
export type StartLesson = z.infer<typeof StartLesson>;

/** POST /console/api/lessons/:id: one change of a live lesson. Answers `LiveLesson`. */
export const ChangeLesson = z.discriminatedUnion('change', [
  z.object({ change: z.literal('extend'), endsAt: Instant }),
  z.object({ change: z.literal('stop') }),
  z.object({ change: z.literal('eyes-up'), on: z.boolean() }),
  z.object({ change: z.literal('add-sites'), sites: z.array(PastedSite).min(1).max(50) }),
  z.object({ change: z.literal('remove-site'), entry: z.string() }),
  z.object({ change: z.literal('tick-seats'), seats: z.array(z.uuid()).max(500) }),
  z.object({ change: z.literal('open-seat'), seat: z.uuid() }),
  z.object({ change: z.literal('present'), on: z.boolean() }),
]);
export type ChangeLesson = z.infer<typeof ChangeLesson>;

/** GET /console/api/lessons/:id/seats: individual, so only after a tap. */
export const LessonSeats = z.object({
  seats: z.array(
    z.object({
      seat: z.uuid(),
      /** The pupil's name by the class list, or null on a shared seat. */
      name: z.string().nullable(),
      state: z.enum(['joined', 'behind', 'away']),
      /** By group, ticked, or by the lesson's code. */
      by: z.enum(['group', 'ticked', 'code']),
      heardAt: Instant.nullable(),
    }),
  ),
  /** Seats of the class's stage that belong to no class list: they can be ticked. */
  others: z.array(z.object({ seat: z.uuid(), name: z.string().nullable(), heardAt: Instant.nullable() })),
});
export type LessonSeats = z.infer<typeof LessonSeats>;
