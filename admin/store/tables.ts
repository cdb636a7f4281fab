import type { Generated, Kysely, Transaction } from 'kysely';
import type { DocumentKind } from '../../rules/document.ts';
import type { ReportsEvent, RequestEvent } from '../../rules/wire.ts';
import type { ItemState, Role, Urgency } from '../console-wire.ts';

/** Instants are ISO text, truths are 0 and 1, documents are JSON text: the same in SQLite and PostgreSQL. */
type Instant = string;
type Truth = 0 | 1;
type Json = string;

/** Small facts of the endpoint that are neither secret nor a document, such as the standing orders. */
type Standing = { key: string; value: Json };

/** Every version that was ever signed; the newest (epoch, issuedAt) of a kind is in force. */
export type Documents = {
  number: Generated<number>;
  kind: DocumentKind;
  epoch: number;
  issuedAt: Instant;
  /** Of the content without its times: the same digest means that nothing needs to be signed again. */
  digest: string;
  expiresAt: Instant | null;
  body: Json;
  jws: string;
  etag: string;
  publishedBy: string;
};

export type Seats = {
  id: string;
  /** A hash of device and account: the seat is found again, and neither is kept. */
  identity: string;
  /** Hashes of each alone, where Chrome told it: by them two seats know that they are one child's or one device's. */
  device: string | null;
  account: string | null;
  stage: string;
  group: string | null;
  extensionVersion: string;
  enrolledAt: Instant;
  heardAt: Instant | null;
  health: Json | null;
};

type SeatKeys = {
  hash: string;
  seat: string;
  number: Generated<number>;
  issuedAt: Instant;
  /** A hash of the profile's own id: the same browser profile may hold keys of two seats, one after the other. */
  install: string | null;
};

/** What devices sent, append only: nothing is unsaid (DESIGN §5.5). */
type Events = {
  number: Generated<number>;
  id: string;
  seat: string;
  type: ReportsEvent['type'] | RequestEvent['type'];
  /** The report or request that it belongs to: its own id, or the one that it adds to. */
  item: string;
  receivedAt: Instant;
  body: Json;
};

/** What the inbox lists: folded from the events, and how far the school is with it. */
export type Items = {
  id: string;
  kind: 'report' | 'request';
  seat: string;
  receivedAt: Instant;
  at: Instant;
  host: string;
  what: string;
  stage: string;
  group: string | null;
  answers: Json;
  urgency: Urgency;
  /** About a grown-up at school: only the roles that `admin/roles.ts` names may know of it. */
  restricted: Truth;
  count: number;
  returned: Truth;
  state: ItemState;
};

/** Who did what, append only: sign-ins, reveals, every act. */
type Audit = {
  number: Generated<number>;
  at: Instant;
  person: string | null;
  by: string;
  act: string;
  item: string | null;
  note: string | null;
};

/** The mail outbox. It holds no page address, no name and no content. */
export type Mails = {
  id: string;
  number: Generated<number>;
  madeAt: Instant;
  urgency: Urgency;
  restricted: Truth;
  state: 'waiting' | 'sending' | 'sent' | 'withdrawn';
  attempts: number;
  nextAt: Instant;
  /** Hashes of the recipients that have it already, so that a second try leaves them out. */
  delivered: Json;
  problem: string | null;
  /** Of reports, to whom they concern; or that the break-glass account was used, to one person. */
  kind: Generated<'reports' | 'break-glass'>;
  person: string | null;
};

type MailItems = { mail: string; item: string };

/** A list that the school takes from elsewhere: by address, or by hand (no address). */
export type Subscriptions = {
  id: string;
  category: string;
  format: string;
  url: string | null;
  everyHours: number;
  /** The largest share of its names by which a new version goes live without a person. */
  mayDiffer: number;
  addedAt: Instant;
  addedBy: string;
  etag: string | null;
  lastModified: string | null;
  checkedAt: Instant | null;
  /** Why the last try brought nothing: a code and words. */
  problem: string | null;
  live: Json | null;
  /** What waits for a person. */
  waiting: Json | null;
  /** The hash of the version that a person refused, so that nobody is asked again. */
  refused: string | null;
};

/** A name left out of a list, because a site that the school needs would close with it. Revoked, never deleted. */
export type ListExceptions = {
  list: string;
  host: string;
  site: string;
  from: string;
  at: Instant;
  by: string;
  revokedAt: Instant | null;
  revokedBy: string | null;
};

/** Versions of what travels, that a device may hold: of a category, or of a hashed list (`hashed:<id>`). */
export type ListVersions = { of: string; sha256: string; at: Instant };

/** better-auth's own table, under our name, and what we need of a person besides. */
type People = {
  id: string;
  name: string;
  email: string;
  emailVerified: Truth;
  image: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  role: Role;
  mustChangePassword: Truth;
  kind: Generated<PersonKind>;
  /** Set: signs in no more. Their name stays beside what they did. */
  deactivatedAt: Instant | null;
  twoFactorEnabled: Generated<Truth>;
};

/** Somebody who works here, an adult with a day pass, or the sealed account for an emergency. */
export type PersonKind = 'staff' | 'day-pass' | 'break-glass';

/** better-auth's own table: who is signed in. */
type SignIns = { id: string; token: string; userId: string; createdAt: Instant; expiresAt: Instant };

/** better-auth's own tables: passwords and links to Google; secrets of second factors, encrypted. */
type Passwords = { id: string; userId: string; providerId: string };
type SecondFactors = { id: string; userId: string };
type Verifications = { id: string; identifier: string; value: string };

/** A named adult, these classes, until then. The code signs in once. */
type DayPasses = {
  id: string;
  person: string;
  groups: Json;
  endsAt: Instant;
  codeHash: string | null;
  givenAt: Instant;
  givenBy: string;
  usedAt: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
};

/** The sealed account: the hash of its code, and who is told of every use. At most one. */
type BreakGlass = { person: string; codeHash: string; tells: string; madeAt: Instant };

/** News for one person, on top of their console until they have seen it. */
type Notices = { id: string; person: string; kind: 'break-glass'; at: Instant; seenAt: Instant | null };

/** Where a class list's line comes from: an import keeps to its own, and leaves what was set by hand. */
export type ListSource = 'import' | 'hand';

/** A class or other set that is not (only) named in the policy. */
export type Groups = { id: string; name: string; stage: string; source: ListSource; endedAt: Instant | null };

/** A pupil by account; `hash` is how seats know the account. */
export type Pupils = {
  account: string;
  hash: string;
  name: string;
  stage: string;
  source: ListSource;
  joinedAt: Instant;
  leftAt: Instant | null;
};
type Memberships = { account: string; group: string; source: ListSource };
/** Which member of staff has which class, by e-mail: staff may not have signed in yet. */
type Teaches = { email: string; group: string; source: ListSource };

/** A pupil's access is withdrawn until an end (FIELD I7). */
export type Suspensions = {
  id: string;
  account: string;
  reason: string;
  by: string;
  at: Instant;
  endsAt: Instant;
  liftedAt: Instant | null;
  liftedBy: string | null;
};

/** What one pupil needs beside the stage (FIELD N1), as an overlay of the rules. */
export type Needs = {
  id: string;
  account: string;
  overlay: Json;
  reviewer: string;
  reviewBy: string;
  by: string;
  at: Instant;
  endedAt: Instant | null;
  endedBy: string | null;
};

/** A lesson. It is live until `endedAt` is set or `endsAt` is past. */
export type Lessons = {
  id: string;
  person: string;
  /** Name of the adult, as children and colleagues read it. */
  adult: string;
  kind: string;
  groups: Json;
  /** What it was about, by the names of its lists and sites. */
  title: string;
  sites: Json;
  bundles: Json;
  /** Seats that the teacher ticked from the class list. */
  seats: Json;
  /** Seats that got the list alone: by the lesson's code or by the teacher's hand. */
  opened: Json;
  startsAt: Instant;
  endsAt: Instant;
  latestEnd: Instant;
  endedAt: Instant | null;
  eyesUpSince: Instant | null;
  code: string;
  /** Hash of the account at whose seats the adult presents. */
  presenter: string | null;
};

/** One opening with an end (DESIGN §2): a request's yes, homework, an unblock for a period of study. */
export type Grants = {
  id: string;
  kind: 'request' | 'homework' | 'unblock';
  scope: Json;
  entries: Json;
  reason: string;
  homework: Json | null;
  person: string;
  by: string;
  madeAt: Instant;
  startsAt: Instant;
  endsAt: Instant;
  endedAt: Instant | null;
  endedBy: string | null;
};

/** What an adult said to a pupil's "please may I". */
export type RequestAnswers = {
  item: string;
  seat: string;
  answer: 'yes' | 'no';
  reason: string;
  person: string;
  by: string;
  at: Instant;
  until: Instant | null;
  grant: string | null;
};

/** Staff ask for a period of study, the network manager says yes or no (FIELD U1, U2). */
export type Unblocks = {
  id: string;
  group: string;
  entries: Json;
  reason: string;
  startsAt: Instant;
  endsAt: Instant;
  askedBy: string;
  askedByName: string;
  askedAt: Instant;
  state: 'asked' | 'agreed' | 'refused' | 'ended';
  decidedBy: string | null;
  decidedWhy: string | null;
  decidedAt: Instant | null;
  grant: string | null;
  /** A seat found that the school's network filter still closes it. */
  networkClosedAt: Instant | null;
  networkClosedHost: string | null;
};

/** A site on the school's approved list, and what stands for it (FIELD T1–T6). */
export type Approvals = {
  id: string;
  kind: 'site' | 'video' | 'game' | 'social' | 'technology';
  line: Json;
  stages: Json;
  groups: Json;
  /** What its kind asks for beside the reason. */
  says: Json;
  state: 'in-force' | 'waits-for-consent' | 'refused' | 'ended';
  person: string;
  by: string;
  at: Instant;
  consentBy: string | null;
  consentWhy: string | null;
  consentAt: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
};

export type Tables = {
  standing: Standing;
  documents: Documents;
  seats: Seats;
  seatKeys: SeatKeys;
  events: Events;
  items: Items;
  audit: Audit;
  mails: Mails;
  mailItems: MailItems;
  people: People;
  signIns: SignIns;
  passwords: Passwords;
  secondFactors: SecondFactors;
  verifications: Verifications;
  dayPasses: DayPasses;
  breakGlass: BreakGlass;
  notices: Notices;
  subscriptions: Subscriptions;
  listExceptions: ListExceptions;
  listVersions: ListVersions;
  groups: Groups;
  pupils: Pupils;
  memberships: Memberships;
  teaches: Teaches;
  suspensions: Suspensions;
  needs: Needs;
  grants: Grants;
  requestAnswers: RequestAnswers;
  unblocks: Unblocks;
  approvals: Approvals;
  lessons: Lessons;
};

export type Store = Kysely<Tables>;
/** Either the store, or one transaction of it. */
export type Writing = Store | Transaction<Tables>;
