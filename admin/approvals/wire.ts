import { z } from 'zod';
import { EntryLine } from '../../rules/policy.ts';
import { Stage } from '../../rules/stages.ts';

/** Approving well (FIELD T1–T6), under `/console/api`: what a kind of site asks of whoever approves it. */
const Instant = z.iso.datetime();
const Words = z.string().trim().min(10).max(1_000);

export const ApprovalKind = z.enum(['site', 'video', 'game', 'social', 'technology']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** What stands for an approval beside its reason. */
export const ApprovalSays = z.discriminatedUnion('kind', [
  /** T1: a site needs a reason. */
  z.object({ kind: z.literal('site') }),
  /** T2: "I watched it all", and the lesson it is for. */
  z.object({
    kind: z.literal('video'),
    watchedAll: z.literal(true),
    lesson: z.string().trim().min(3).max(200),
  }),
  /** T3: what it teaches. */
  z.object({ kind: z.literal('game'), learningPurpose: Words }),
  /** T4, T5: a risk assessment; the age in its terms for social media; then somebody of the leadership consents. */
  z.object({
    kind: z.literal('social'),
    risk: Words,
    leastAge: z.int().min(0).max(21),
  }),
  z.object({ kind: z.literal('technology'), risk: Words, leastAge: z.int().min(0).max(21) }),
]);
export type ApprovalSays = z.infer<typeof ApprovalSays>;

/** POST /approvals */
export const Approve = z.object({
  entry: z.string().trim().min(1).max(2_048),
  title: z.string().trim().min(1).max(120),
  reason: z.string().trim().min(5).max(300),
  stages: z.array(Stage).max(7).default([]),
  groups: z.array(z.string()).max(20).default([]),
  endsAt: Instant.optional(),
  says: ApprovalSays,
});
export type Approve = z.infer<typeof Approve>;

export const ApprovalLine = z.object({
  id: z.string(),
  line: EntryLine,
  stages: z.array(Stage),
  groups: z.array(z.string()),
  says: ApprovalSays,
  state: z.enum(['in-force', 'waits-for-consent', 'refused', 'ended']),
  by: z.string(),
  mine: z.boolean(),
  at: Instant,
  consentBy: z.string().nullable(),
  consentWhy: z.string().nullable(),
});
export type ApprovalLine = z.infer<typeof ApprovalLine>;

/** GET /approvals */
export const Approvals = z.object({ approvals: z.array(ApprovalLine) });
export type Approvals = z.infer<typeof Approvals>;

/** POST /approvals/:id/consent: never by the one who approved. POST /approvals/:id/end has an empty body. */
export const Consent = z.object({ yes: z.boolean(), why: z.string().trim().min(3).max(500) });
