import type { Policy } from '../../rules/policy.ts';
import type { ClosedReason } from '../../rules/verdict.ts';

/**
 * Why a page is closed, as the block page says it. `schoolSays` is the school's own sentence (policy `reasons`), which
 * takes the place of ours; `address-not-understood` is for a fragment that holds no address.
 */
export type Why = (ClosedReason | { code: 'address-not-understood' }) & { schoolSays?: string };

/** What became of "please may I", as far as the device knows. */
export type Asked =
  /** On this computer, on its way. */
  | 'sending'
  /** On the endpoint's disk, and waiting since then (device milliseconds). */
  | { sentAt: number; to: 'teacher' | 'school' }
  /** It can never be sent from here. */
  | 'set-aside'
  | { answer: 'yes' | 'no'; by: string; because?: string };

/** What became of the code that a grown-up typed. */
export type Coded = 'asking' | 'joined' | 'wrong' | 'unreachable' | { waitSeconds: number };

/** The reason as the page says it, with the school's own words where it has any. */
export function whyFrom(reason: ClosedReason, reasons: Policy['reasons']): Why {
  const said = reason.code === 'category' ? reasons[reason.category] : undefined;
  return said ? { ...reason, schoolSays: said } : reason;
}
