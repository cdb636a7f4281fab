import { z } from 'zod';
import { CategoryId } from '../rules/categories.ts';
import { Contact, Group, HelpLine, Policy } from '../rules/policy.ts';
import { Stage } from '../rules/stages.ts';
import { tiers } from '../rules/tiers.ts';
import type { Verdict } from '../rules/verdict.ts';
import { Answer, SentVerdict, Versions } from '../rules/wire.ts';

/**
 * What the console asks of the endpoint, under `/console/api` (people sign in at `/console/auth/*`, better-auth).
 * Masked first: a row holds host and kind only; title and full address are a further request, which is logged.
 */

/** Who may sign in, and as what. One table in `admin/roles.ts` says what each may do. */
export const Role = z.enum([
  'principal',
  'slt',
  'dsl',
  'coordinator',
  'teacher',
  'teaching-assistant',
  /** A day pass for supply staff: a named adult, these classes, until then. */
  'supply',
  'network-manager',
  'office',
  'governor',
]);
export type Role = z.infer<typeof Role>;

export const Me = z.object({
  name: z.string(),
  email: z.string(),
  role: Role,
  schoolName: z.string(),
  /** The one-time password must be changed before anything else. */
  mustChangePassword: z.boolean(),
  /** `missing`: it must be set up before anything else, right after the password. */
  secondFactor: z.enum(['missing', 'set-up', 'not-needed']),
  /** When a day pass ends. */
  until: z.iso.datetime().nullable(),
  /** What this person is told until they have seen it. */
  notices: z.array(z.object({ id: z.string(), kind: z.enum(['break-glass']), at: z.iso.datetime() })),
});
export type Me = z.infer<typeof Me>;

/** How soon an adult should look, from the child's own answer alone. */
export const Urgency = z.enum(['ordinary', 'soon', 'now']);
export type Urgency = z.infer<typeof Urgency>;

export const ItemState = z.enum(['new', 'no-concern', 'done']);
export type ItemState = z.infer<typeof ItemState>;

/** A report or a request, as the inbox lists it. */
export const InboxRow = z.object({
  id: z.uuid(),
  kind: z.enum(['report', 'request']),
  receivedAt: z.iso.datetime(),
  /** The device's own clock at the click. */
  at: z.iso.datetime(),
  host: z.string(),
  what: z.enum(['page', 'closed-page', 'link', 'image', 'pop-up', 'request']),
  stage: z.string(),
  group: z.string().nullable(),
  answers: z.array(Answer),
  urgency: Urgency,
  state: ItemState,
  /** Repeats on the same page are one report with a count. */
  count: z.int().positive(),
  /** The child went back to the page. */
  returned: z.boolean(),
  notes: z.int().nonnegative(),
});
export type InboxRow = z.infer<typeof InboxRow>;

/**
 * GET /console/api/inbox?state=new|all&limit=50&before=<receivedAt>&urgency=now|soon|ordinary: what is urgent and not
 * judged first, then the newest. `before` and `urgency` (`placeOf`) are those of the last row that is shown. What
 * pupils ask for stands in `all` alone, and does not wait here: it is answered on *Requests*.
 */
export const Inbox = z.object({
  rows: z.array(InboxRow),
  more: z.boolean(),
  waiting: z.int().nonnegative(),
  /** Whether a mail server is set: without one nobody is told that a report waits. */
  sendsMail: z.boolean(),
});
export type Inbox = z.infer<typeof Inbox>;

/** GET /console/api/inbox/:id: everything but title, address and account. */
export const InboxItem = InboxRow.extend({
  openedFrom: z.string().nullable(),
  verdict: SentVerdict,
  /** The title of the school's list that the verdict's entry stands in, where the endpoint finds it. */
  listTitle: z.string().nullable().optional(),
  category: CategoryId.nullable(),
  versions: Versions,
  lesson: z.string().nullable(),
  seat: z.string(),
  log: z.array(
    z.object({ at: z.iso.datetime(), by: z.string(), act: z.string(), note: z.string().nullable() }),
  ),
});
export type InboxItem = z.infer<typeof InboxItem>;

/** Why the account of a report may not be its sender's: the coordinator reads it beside the account. */
export const AccountDoubt = z.enum(['other-account', 'many-seats']);
export type AccountDoubt = z.infer<typeof AccountDoubt>;

/** POST /console/api/inbox/:id/reveal: logged, with the name of who asked. `why` is a request's line of why. */
export const Revealed = z.object({
  address: z.string(),
  title: z.string(),
  account: z.string(),
  why: z.string().nullable(),
  doubt: AccountDoubt.optional(),
});
export type Revealed = z.infer<typeof Revealed>;

/**
 * POST /console/api/inbox/act: one act on one or many; all or nothing. A request takes notes alone
 * (`answered-on-requests`), and what is urgent is judged by itself (`urgent-alone`).
 */
export const Act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('no-concern'), ids: z.array(z.uuid()).min(1).max(200) }),
  z.object({
    act: z.literal('done'),
    ids: z.array(z.uuid()).min(1).max(200),
    note: z.string().max(4_000).optional(),
  }),
  z.object({ act: z.literal('reopen'), ids: z.array(z.uuid()).min(1).max(200) }),
  z.object({ act: z.literal('note'), ids: z.array(z.uuid()).length(1), note: z.string().min(1).max(4_000) }),
]);
export type Act = z.infer<typeof Act>;

/** GET /console/api/fleet: how many seats, which are behind, what they refused. */
export const Fleet = z.object({
  /** The mail outbox: whether a mail server is set, how many mails wait, and what held the oldest of them up. */
  mail: z
    .object({
      sends: z.boolean(),
      waiting: z.int(),
      /** When the oldest of them was written. */
      since: z.iso.datetime().nullable(),
      problem: z.string().nullable(),
    })
    .optional(),
  seats: z.array(
    z.object({
      seat: z.string(),
      stage: z.string(),
      group: z.string().nullable(),
      extensionVersion: z.string(),
      enrolledAt: z.iso.datetime(),
      heardAt: z.iso.datetime().nullable(),
      upToDate: z.boolean(),
      inForce: Versions.nullable(),
      waiting: z.int(),
      troubles: z.array(
        z.object({ at: z.iso.datetime(), where: z.string(), code: z.string(), detail: z.string() }),
      ),
    }),
  ),
});
export type Fleet = z.infer<typeof Fleet>;

/** GET /console/api/live: server-sent events; each `changed` says that the inbox is worth reading again. */

/** GET /console/api/verdict: as whom one may test, and what every block page of this school says beside the reason. */
export const TestChoices = z.object({
  timeZone: z.string(),
  /** Those of whoever asks first. */
  groups: z.array(Group.extend({ mine: z.boolean() })),
  contacts: z.array(Contact),
  help: z.array(HelpLine),
  reasons: Policy.shape.reasons,
});
export type TestChoices = z.infer<typeof TestChoices>;

/** POST /console/api/verdict: what a seat would say. The address is neither stored nor logged. */
export const TestAsked = z.object({
  address: z.string().min(1).max(32_768),
  stage: Stage,
  group: z.string().max(60).nullable(),
  /** Whether an adult has started a lesson; one that is in force for the group counts as it is. */
  adult: z.boolean(),
  /** Null is now, by the endpoint's clock. */
  at: z.iso.datetime().nullable(),
});
export type TestAsked = z.infer<typeof TestAsked>;

/** The answer: the verdict as `rules/` gives it, and what else was true. */
export const Tested = z.object({
  at: z.iso.datetime(),
  stage: Stage,
  address: z.object({ href: z.string(), host: z.string() }),
  verdict: z.custom<Verdict>(isVerdict, 'is no verdict that this console knows'),
  listTitle: z.string().nullable(),
  /** That title is a service's, not a list's. */
  isService: z.boolean(),
  /** An adult's presence alone can open something for this stage. */
  adultOpens: z.boolean(),
  /** Somebody is there. */
  supervised: z.boolean(),
  /** The start page has pages to go to. */
  hasTiles: z.boolean(),
  /** Who leads the lesson that is in force, where the orders hold one. */
  lessonBy: z.string().nullable(),
  /** Closed categories that have no list here: they close nothing. */
  withoutList: z.array(CategoryId),
});
export type Tested = z.infer<typeof Tested>;

function isVerdict(sent: unknown): boolean {
  const read = z
    .object({
      open: z.boolean(),
      tier: z.string(),
      reason: z.object({ code: z.string() }),
      liftedBy: z.array(z.string()),
    })
    .safeParse(sent);
  return read.success && Object.hasOwn(tiers, read.data.tier);
}
