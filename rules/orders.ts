import { z } from 'zod';
import { Envelope } from './document.ts';
import { EntryLine } from './policy.ts';
import { Stage } from './stages.ts';

/** Whom an order is for. Everything named must fit; nothing named is nobody. */
export const Scope = z.object({
  groups: z.array(z.string()).optional(),
  pupils: z.array(z.string()).optional(),
  seats: z.array(z.string()).optional(),
  stages: z.array(Stage).optional(),
});
export type Scope = z.infer<typeof Scope>;

/** A named adult supervises a group for a bounded time (DESIGN §2). */
export const Lesson = z.object({
  id: z.string().min(1).max(80),
  adult: z.string().min(1),
  groups: z.array(z.string()).min(1),
  /** FIELD A1, A2: what the adult's presence opens. */
  kind: z.enum(['demonstration', 'directly-supervised', 'directed', 'supervised']),
  sites: z.array(EntryLine).max(500),
  bundles: z.array(z.string()).max(50),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export type Lesson = z.infer<typeof Lesson>;

/** One opening with a reason, a scope and an end. */
export const Grant = z.object({
  id: z.string().min(1).max(80),
  scope: Scope,
  entries: z.array(EntryLine).min(1).max(200),
  reason: z.string().min(1),
  by: z.string().min(1),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export type Grant = z.infer<typeof Grant>;

/** An urgent closing, before the next policy: FIELD I10. */
export const Closing = z.object({
  entry: z.string().min(1),
  reason: z.string().min(1),
  by: z.string().min(1),
});

/** A pupil's access is withdrawn until its end: FIELD I7. */
export const Suspension = z.object({
  pupil: z.string().min(1),
  reason: z.string(),
  endsAt: z.iso.datetime(),
});

/** The small signed document of what is open now. It expires; then nothing of it opens anything. */
export const Orders = Envelope.extend({
  kind: z.literal('orders'),
  expiresAt: z.iso.datetime(),
  lessons: z.array(Lesson),
  grants: z.array(Grant),
  closings: z.array(Closing),
  suspensions: z.array(Suspension),
});
export type Orders = z.infer<typeof Orders>;
