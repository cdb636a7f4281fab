import type { Instant, Json } from './columns.ts';

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
