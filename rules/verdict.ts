import type { CategoryId } from './categories.ts';
import { type Lift, type TierName, tiers } from './tiers.ts';

/** Why a page is closed, as a code that each reading level has words for. */
export type ClosedReason =
  | { code: 'not-known-yet' }
  | { code: 'no-adult-yet' }
  | { code: 'not-approved' }
  | { code: 'category'; category: CategoryId }
  | { code: 'school-list' }
  | { code: 'locked' }
  | { code: 'suspended-until'; until: number }
  | { code: 'eyes-up'; by: string }
  | { code: 'watch-the-board' }
  | { code: 'focus'; until: number | null }
  | { code: 'guard-ip' }
  | { code: 'guard-search' }
  | { code: 'guard-repeated' }
  | { code: 'guard-translator'; carried?: string };

export type OpenReason =
  | { code: 'essential'; why: string }
  | { code: 'help' }
  | { code: 'granted' }
  | { code: 'approved' }
  | { code: 'inside'; page: string }
  | { code: 'filtered' };

/** Open or closed, with the tier that said so (DESIGN §2). `entry` and `from` name the line and the list it stands in. */
export type Verdict = {
  tier: TierName;
  liftedBy: readonly Lift[];
  entry?: string;
  from?: string;
  category?: CategoryId;
} & ({ open: true; reason: OpenReason } | { open: false; reason: ClosedReason });

type Where = { entry?: string; from?: string; category?: CategoryId };

export const open = (tier: TierName, reason: OpenReason, where: Where = {}): Verdict => ({
  open: true,
  tier,
  reason,
  liftedBy: [],
  ...where,
});

export const closed = (tier: TierName, reason: ClosedReason, where: Where = {}): Verdict => ({
  open: false,
  tier,
  reason,
  liftedBy: tiers[tier].liftedBy,
  ...where,
});
