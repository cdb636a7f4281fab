import type { Instant, Json } from './columns.ts';

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
  /** A seat found that the school's network filter still closes it. */
  networkClosedAt: Instant | null;
  networkClosedHost: string | null;
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
