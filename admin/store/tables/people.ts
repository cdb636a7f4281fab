import type { Generated } from 'kysely';
import type { Role } from '../../console-wire.ts';
import type { Instant, Json, Truth } from './columns.ts';

/** Somebody who works here, an adult with a day pass, or the sealed account for an emergency. */
export type PersonKind = 'staff' | 'day-pass' | 'break-glass';

/** better-auth's own table, under our name, and what we need of a person besides. */
export type People = {
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

/** better-auth's own table: who is signed in. */
export type SignIns = { id: string; token: string; userId: string; createdAt: Instant; expiresAt: Instant };

/** better-auth's own tables: passwords and links to Google; secrets of second factors, encrypted. */
export type Passwords = { id: string; userId: string; providerId: string };

export type SecondFactors = { id: string; userId: string };

export type Verifications = { id: string; identifier: string; value: string };

/** A named adult, these classes, until then. The code signs in once. */
export type DayPasses = {
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
export type BreakGlass = { person: string; codeHash: string; tells: string; madeAt: Instant };

/** News for one person, on top of their console until they have seen it. */
export type Notices = {
  id: string;
  person: string;
  kind: 'break-glass';
  at: Instant;
  seenAt: Instant | null;
};

/** Who did what, append only: sign-ins, reveals, every act. */
export type Audit = {
  number: Generated<number>;
  at: Instant;
  person: string | null;
  by: string;
  act: string;
  item: string | null;
  /** `AuditFacts` as JSON; null where the act says it all. */
  facts: string | null;
  note: string | null;
};
