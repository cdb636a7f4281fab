import { z } from 'zod';
import { CategoryId } from './categories.ts';
import { Stage } from './stages.ts';
import { type TierName, tierNames } from './tiers.ts';

/**
 * What the device and the endpoint say to each other, under `/v1` (DESIGN §8). Both ends validate with these schemas,
 * and the OpenAPI document is made from them. Metadata only: no field here can hold a page's content (promise 6).
 */
const Id = z.uuid();
const Instant = z.iso.datetime();
const Tier = z.enum(tierNames as [TierName, ...TierName[]]);

/** A seat is the pair of directory device id (where Chrome gives one) and account; enrolling again gives the same. */
export const EnrolRequest = z.object({
  token: z.string().min(1).max(200),
  deviceId: z.string().max(200).optional(),
  account: z.string().max(320).optional(),
  /** Made once per profile: tells seats apart where Chrome tells neither device nor account. */
  installId: Id,
  stage: Stage,
  group: z.string().max(40).optional(),
  extensionVersion: z.string().max(40),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolAnswer = z.object({ seat: Id, key: z.string().min(32) });
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

/** Which documents the device held when something happened; `null` is none. */
export const Versions = z.object({
  policy: z.string().max(80).nullable(),
  catalogue: z.string().max(80).nullable(),
  orders: z.string().max(80).nullable(),
});
export type Versions = z.infer<typeof Versions>;

/** The verdict that let the page open, or closed it. */
export const SentVerdict = z.object({
  open: z.boolean(),
  tier: Tier,
  entry: z.string().max(2_048).optional(),
  /** The list, bundle, lesson or grant that the entry stands in. */
  from: z.string().max(120).optional(),
  category: CategoryId.optional(),
});

/** Who it came from: the account if Chrome tells one, else "shared". */
const From = z.object({
  stage: z.union([Stage, z.literal('unknown')]),
  group: z.string().max(40).optional(),
  account: z.string().max(320),
  lesson: z.string().max(100).optional(),
  versions: Versions,
});

/** FIELD R3, R4: the address goes to the responsible member of staff, captured by itself. */
export const ReportEvent = From.extend({
  type: z.literal('report'),
  id: Id,
  at: Instant,
  /** Credentials stripped. */
  address: z.string().min(1).max(65_536),
  title: z.string().max(1_000),
  /**
   * What was reported: the page in view, a closed page, a link or picture on a page, or a window without an address
   * of its own (`about:blank`), which the page at `address` opened.
   */
  what: z.enum(['page', 'closed-page', 'link', 'image', 'pop-up']),
  verdict: SentVerdict,
  /** The host that the page was opened from, where Chrome knows it. */
  openedFrom: z.string().max(253).optional(),
});
export type ReportEvent = z.infer<typeof ReportEvent>;

/** The child's optional answer, by picture. The last is hidden from all but the principal and the DSL. */
export const Answer = z.enum([
  'dont-like-it',
  'need-a-grown-up',
  'upset-me',
  'rude-violent-hateful',
  'someone-unkind',
  'someone-asking',
  'grown-up-at-school',
]);
export type Answer = z.infer<typeof Answer>;

/** Further events to a report: nothing is unsaid (promise 5). */
export const AnswerEvent = z.object({
  type: z.literal('answer'),
  id: Id,
  report: Id,
  at: Instant,
  answer: Answer,
});
export const RepeatEvent = z.object({ type: z.literal('repeat'), id: Id, report: Id, at: Instant });
export const ReturnEvent = z.object({ type: z.literal('return'), id: Id, report: Id, at: Instant });

export const ReportsEvent = z.discriminatedUnion('type', [
  ReportEvent,
  AnswerEvent,
  RepeatEvent,
  ReturnEvent,
]);
export type ReportsEvent = z.infer<typeof ReportsEvent>;

/** "Please open this": FIELD T1. */
export const RequestEvent = From.extend({
  type: z.literal('request'),
  id: Id,
  at: Instant,
  address: z.string().min(1).max(65_536),
  why: z.string().max(200),
  verdict: SentVerdict,
});
export type RequestEvent = z.infer<typeof RequestEvent>;

/** Events are validated one by one, so that one that is malformed never holds up the rest. */
export const Batch = z.object({ events: z.array(z.unknown()).min(1).max(100) });

/**
 * One answer per event, by id, after the commit. `stored` is also the answer to an id that is there already.
 * `refused` can never succeed: the device sets its copy aside, visibly.
 */
export const Receipt = z.discriminatedUnion('status', [
  z.object({ id: z.string(), status: z.literal('stored') }),
  z.object({ id: z.string(), status: z.literal('refused'), code: z.string() }),
]);
export type Receipt = z.infer<typeof Receipt>;
export const Receipts = z.object({ receipts: z.array(Receipt) });

/** Something that the device refused, so that the endpoint can tell IT. */
export const Trouble = z.object({
  at: Instant,
  where: z.string().max(40),
  code: z.string().max(60),
  detail: z.string().max(500),
});
export type Trouble = z.infer<typeof Trouble>;

/** What a seat says of itself: "downloaded" and "in force" are different states (issue 2.4). */
export const Health = z.object({
  at: Instant,
  extensionVersion: z.string().max(40),
  stage: z.union([Stage, z.literal('unknown')]),
  downloaded: Versions,
  inForce: Versions,
  waiting: z.int().nonnegative(),
  setAside: z.int().nonnegative(),
  troubles: z.array(Trouble).max(32),
});
export type Health = z.infer<typeof Health>;

/** Every refusal of the endpoint: a stable code for programs, a sentence for people. */
export const Refusal = z.object({ code: z.string(), message: z.string() });
export type Refusal = z.infer<typeof Refusal>;

/**
 * WS /v1/live, what the device says. `hello` comes first (a browser can set no header on a socket); `in-force` follows
 * whenever Chrome's rules are those of other documents than before, so that an adult sees whose seat has joined.
 */
export const LiveFromSeat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), seat: Id, key: z.string().min(32).max(200), versions: Versions }),
  z.object({ type: z.literal('in-force'), versions: Versions }),
  z.object({ type: z.literal('beat') }),
]);
export type LiveFromSeat = z.infer<typeof LiveFromSeat>;

/**
 * What the endpoint says: new orders themselves, so that they are in force without a further question; that another
 * document has changed and is worth fetching; a beat at least every 20 s, which keeps the worker alive (CHROME-FACTS 8).
 */
export const LiveToSeat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('orders'), jws: z.string(), etag: z.string() }),
  z.object({ type: z.literal('changed'), what: z.enum(['policy', 'catalogue']) }),
  z.object({ type: z.literal('beat') }),
]);
export type LiveToSeat = z.infer<typeof LiveToSeat>;

/** POST /v1/join: the lesson's code, typed on a closed page; opens this one seat for the lesson's list (issue 4.7). */
export const JoinRequest = z.object({ code: z.string().min(1).max(20) });
/** `wrong-code` after a wrong one; `wait` after too many, with the seconds until the next try counts. */
export const JoinAnswer = z.discriminatedUnion('joined', [
  z.object({ joined: z.literal(true), lesson: z.string() }),
  z.object({ joined: z.literal(false), code: z.enum(['wrong-code', 'wait']), waitSeconds: z.int() }),
]);
export type JoinAnswer = z.infer<typeof JoinAnswer>;

/**
 * POST /v1/network-closed: what a grant opened fails in the network's way, not in ours, so the school's network filter
 * still closes it; whoever asked for the opening is told (FIELD U1). The host, never the whole address.
 */
export const NetworkClosed = z.object({ grant: z.string().min(1).max(80), host: z.string().min(1).max(253) });
export type NetworkClosed = z.infer<typeof NetworkClosed>;
