import { z } from 'zod';
import { CategoryId } from '../rules/categories.ts';
import { Answer, SentVerdict, Versions } from '../rules/wire.ts';

/**
 * What the console asks of the endpoint, under `/console/api` (people sign in at `/console/auth/*`, better-auth).
 * Masked first: a row holds host and kind only; title and full address are a further request, which is logged.
 */

/** Who may sign in, and as what. One table in `admin/roles.ts` says what each may do. */
export const Role = z.enum(['principal', 'dsl', 'coordinator', 'network-manager']);
export type Role = z.infer<typeof Role>;

export const Me = z.object({
  name: z.string(),
  email: z.string(),
  role: Role,
  schoolName: z.string(),
  /** The one-time password must be changed before anything else. */
  mustChangePassword: z.boolean(),
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
  what: z.enum(['page', 'closed-page', 'link', 'image', 'request']),
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

/** GET /console/api/inbox?state=new|all&before=<receivedAt>&limit=50 */
export const Inbox = z.object({ rows: z.array(InboxRow), more: z.boolean(), waiting: z.int().nonnegative() });
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

/** POST /console/api/inbox/:id/reveal: logged, with the name of who asked. `why` is a request's line of why. */
export const Revealed = z.object({
  address: z.string(),
  title: z.string(),
  account: z.string(),
  why: z.string().nullable(),
});
export type Revealed = z.infer<typeof Revealed>;

/** POST /console/api/inbox/act: one act on one or many; all or nothing. */
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
  mail: z.object({ sends: z.boolean(), waiting: z.int(), problem: z.string().nullable() }).optional(),
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
