import type { Instant, Json } from './columns.ts';

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

export type Memberships = { account: string; group: string; source: ListSource };

/** Which member of staff has which class, by e-mail: staff may not have signed in yet. */
export type Teaches = { email: string; group: string; source: ListSource };

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
