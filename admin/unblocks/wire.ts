import { z } from 'zod';
import { EntryLine } from '../../rules/policy.ts';
import { NetworkClosedHere } from '../grants/wire.ts';

/** Unblocking for a period of study (FIELD U1, U2), under `/console/api`. */
const Instant = z.iso.datetime();

export const UnblockLine = z.object({
  id: z.string(),
  group: z.object({ id: z.string(), name: z.string() }),
  entries: z.array(EntryLine),
  reason: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  askedBy: z.string(),
  askedAt: Instant,
  mine: z.boolean(),
  state: z.enum(['asked', 'agreed', 'refused', 'ended']),
  decidedBy: z.string().nullable(),
  decidedWhy: z.string().nullable(),
  /** Where the school's network filter still closes it, by a seat's word. */
  networkClosed: NetworkClosedHere.nullable(),
});
export type UnblockLine = z.infer<typeof UnblockLine>;

/** GET /unblocks: what waits, what is open now and ends when, what begins later, and what is over (30 days). */
export const Unblocks = z.object({ unblocks: z.array(UnblockLine), now: Instant });
export type Unblocks = z.infer<typeof Unblocks>;

/** POST /unblocks */
export const AskUnblock = z.object({
  group: z.string(),
  sites: z.array(z.string().trim().min(1).max(2_048)).min(1).max(20),
  reason: z.string().trim().min(10).max(500),
  startsAt: Instant,
  endsAt: Instant,
});
export type AskUnblock = z.infer<typeof AskUnblock>;

/** POST /unblocks/:id/decide: the network manager, with a reason either way; never the one who asked. */
export const DecideUnblock = z.object({ yes: z.boolean(), why: z.string().trim().min(3).max(500) });
/** POST /unblocks/:id/end has an empty body. */
