import type { Instant, Json } from './columns.ts';

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
