import { z } from 'zod';
import { Envelope } from './document.ts';
import { Overlay } from './overlay.ts';
import { EntryLine } from './policy.ts';
import { Stage } from './stages.ts';

/** Whom an order is for. Everything named must fit; nothing named is nobody. */
export const Scope = z.object({
  groups: z.array(z.string()).optional(),
  pupils: z.array(z.string()).optional(),
  seats: z.array(z.string()).optional(),
  stages: z.array(Stage).optional(),
});
export type Scope = z.infer<typeof Scope>;

/**
 * FIELD A1, A2: what the adult's presence opens. *Demonstration* nothing, the class watches the board; *directly
 * supervised* exactly the lesson's sites; *directed* these and the platform; *supervised* the stage's supervised access
 * and these.
 */
export const LessonKind = z.enum(['demonstration', 'directly-supervised', 'directed', 'supervised']);
export type LessonKind = z.infer<typeof LessonKind>;

/** A named adult supervises a group for a bounded time (DESIGN §2). */
export const Lesson = z.object({
  id: z.string().min(1).max(80),
  adult: z.string().min(1),
  groups: z.array(z.string()).min(1),
  /** Seats that take part beside the groups: ticked from the class list, or opened one by one (issue 4.2, 4.7). */
  seats: z.array(z.string()).max(2_000).optional(),
  kind: LessonKind,
  /** Since when every tab of the class is covered by a calm page; absent while pupils work. */
  eyesUpSince: z.iso.datetime().optional(),
  sites: z.array(EntryLine).max(500),
  bundles: z.array(z.string()).max(50),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export type Lesson = z.infer<typeof Lesson>;

/** One opening with a reason, a scope and an end. */
export const Grant = z.object({
  id: z.string().min(1).max(80),
  scope: Scope,
  entries: z.array(EntryLine).max(200),
  /** Of a lesson's list on a seat that has nothing else of the lesson: whose frames its pages may show. */
  bundles: z.array(z.string()).max(50).optional(),
  reason: z.string().min(1),
  by: z.string().min(1),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /**
   * Of a lesson's list on a seat that has nothing else of the lesson (issue 4.7): since when its adult asks for eyes. It
   * covers the seat as it covers the class, also where the list is empty.
   */
  eyesUpSince: z.iso.datetime().optional(),
  /** A teacher's permission to work at home (FIELD A5): it ends when it is due. */
  homework: z
    .object({
      task: z.string().min(1).max(200),
      /** `list`: its entries only. `supervised`: also the stage's supervised access, as if the teacher were there. */
      opens: z.enum(['list', 'supervised']),
    })
    .optional(),
});
export type Grant = z.infer<typeof Grant>;

/** An urgent closing, before the next policy: FIELD I10. */
export const Closing = z.object({
  entry: z.string().min(1),
  reason: z.string().min(1),
  by: z.string().min(1),
});

/** A pupil's access is withdrawn until its end: FIELD I7. */
export const Suspension = z.object({
  pupil: z.string().min(1),
  reason: z.string(),
  endsAt: z.iso.datetime(),
});
export type Suspension = z.infer<typeof Suspension>;

/** What an adult said to a pupil's "please may I", for that pupil's seat alone. */
export const AnswerToRequest = z.object({
  request: z.uuid(),
  answer: z.enum(['yes', 'no']),
  by: z.string().min(1),
  /** In the adult's words; a no always has one. */
  reason: z.string().max(300),
  at: z.iso.datetime(),
  /** Until when a yes holds. */
  until: z.iso.datetime().optional(),
});
export type AnswerToRequest = z.infer<typeof AnswerToRequest>;

/** The small signed document of what is open now. It expires; then nothing of it opens anything. */
export const Orders = Envelope.extend({
  kind: z.literal('orders'),
  expiresAt: z.iso.datetime(),
  /**
   * The seat that these orders are for: it gets what concerns it and no other pupil's business, and refuses another
   * seat's. Orders without it are for every seat (set by hand, `keystage orders set`).
   */
  seat: z.uuid().optional(),
  /** The groups of whoever sits there, by the school's class lists; beside the one in the managed settings. */
  groups: z.array(z.string()).optional(),
  /** The stage of whoever sits there, by the school's class lists; it counts for more than the managed one. */
  stage: Stage.optional(),
  /** What holds for whoever sits there beside the stage (FIELD N1): it stays here, not in the policy of all. */
  overlays: z.array(Overlay).max(50).optional(),
  answers: z.array(AnswerToRequest).optional(),
  lessons: z.array(Lesson),
  grants: z.array(Grant),
  closings: z.array(Closing),
  suspensions: z.array(Suspension),
});
export type Orders = z.infer<typeof Orders>;
