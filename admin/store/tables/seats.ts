import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.ts';

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

export type SeatKeys = {
  hash: string;
  seat: string;
  number: Generated<number>;
  issuedAt: Instant;
  /** A hash of the profile's own id: the same browser profile may hold keys of two seats, one after the other. */
  install: string | null;
};
