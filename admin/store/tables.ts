import type { Kysely, Transaction } from 'kysely';
import type { Documents, Standing } from './tables/documents.ts';
import type { Groups, Memberships, Needs, Pupils, Suspensions, Teaches } from './tables/groups.ts';
import type { Events, Items, MailItems, Mails } from './tables/inbox.ts';
import type { Lessons } from './tables/lessons.ts';
import type { ListExceptions, ListVersions, Subscriptions } from './tables/lists.ts';
import type { Approvals, Grants, RequestAnswers, Unblocks } from './tables/openings.ts';
import type {
  Audit,
  BreakGlass,
  DayPasses,
  Notices,
  Passwords,
  People,
  SecondFactors,
  SignIns,
  Verifications,
} from './tables/people.ts';
import type { SeatKeys, Seats } from './tables/seats.ts';

/** The one schema: each table's columns stand with what it is about, in `tables/`. */
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
