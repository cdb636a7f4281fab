import { z } from 'zod';
import { CategoryId } from '../../rules/categories.ts';
import { EntryLine } from '../../rules/policy.ts';
import { NetworkClosedHere } from '../grants/wire.ts';

/** What the console asks about pupils' requests and about homework, under `/console/api`. Hosts first, addresses on a tap. */

const Instant = z.iso.datetime();

/** GET /requests: what waits, the longest first; `mine` is for whoever asks to answer first. */
export const RequestLine = z.object({
  id: z.uuid(),
  /** When the endpoint got it: a clock shows how long it waits. */
  receivedAt: Instant,
  host: z.string(),
  stage: z.string(),
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The live lesson that it came from. */
  lesson: z.object({ id: z.string(), adult: z.string(), endsAt: Instant }).nullable(),
  category: CategoryId.nullable(),
  /** Who should answer: the teacher of the lesson, a teacher of the class, or the network manager. */
  for: z.enum(['lesson', 'class', 'network-manager', 'nobody']),
  mine: z.boolean(),
});
/** What somebody's yes opened and the school's network still closes, while the yes holds. */
export const StillClosed = NetworkClosedHere.extend({ id: z.string(), until: Instant });
export type StillClosed = z.infer<typeof StillClosed>;
export const Requests = z.object({
  requests: z.array(RequestLine),
  stillClosed: z.array(StillClosed),
  now: Instant,
});
export type Requests = z.infer<typeof Requests>;
export type RequestLine = z.infer<typeof RequestLine>;

/** POST /requests/:id/look: logged. The address, who asks and why, and what a yes could open. */
export const RequestLook = z.object({
  address: z.string(),
  account: z.string(),
  name: z.string().nullable(),
  why: z.string(),
  /** From the narrowest: the page, its path, the site. EYFS and KS1 never have the whole site. */
  choices: z.array(z.object({ as: z.enum(['page', 'path', 'site']), entry: z.string() })),
  /** Whether this person may say yes; else why not, in a sentence. */
  mayOpen: z.boolean(),
  because: z.string().nullable(),
  latestEnd: Instant,
});
export type RequestLook = z.infer<typeof RequestLook>;

/** POST /requests/:id/answer. A no has a reason; a yes has an end. */
export const AnswerRequest = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('yes'),
    /** For this child's seat, or the whole class. */
    whom: z.enum(['pupil', 'class']),
    as: z.enum(['page', 'path', 'site']),
    until: Instant,
    reason: z.string().trim().max(300).default(''),
  }),
  z.object({ answer: z.literal('no'), reason: z.string().trim().min(3).max(300) }),
]);
export type AnswerRequest = z.infer<typeof AnswerRequest>;

/** GET /homework, POST /homework, POST /homework/end (FIELD A5): a teacher's permission, valid at home. */
export const SetHomework = z.object({
  groups: z.array(z.string()).min(1).max(20),
  task: z.string().trim().min(3).max(200),
  lists: z.array(z.string()).max(20).default([]),
  sites: z
    .array(z.object({ entry: z.string().min(1).max(2_048), title: z.string().max(120).optional() }))
    .max(50)
    .default([]),
  opens: z.enum(['list', 'supervised']).default('list'),
  due: Instant,
});
export type SetHomework = z.infer<typeof SetHomework>;
export const Homeworks = z.object({
  homework: z.array(
    z.object({
      id: z.string(),
      groups: z.array(z.string()),
      task: z.string(),
      entries: z.array(EntryLine),
      opens: z.enum(['list', 'supervised']),
      by: z.string(),
      mine: z.boolean(),
      due: Instant,
      networkClosed: NetworkClosedHere.nullable(),
    }),
  ),
});
export type Homeworks = z.infer<typeof Homeworks>;
