import { isEarlyYears, type KnownStage } from '../../rules/stage-names.ts';
import { type TierName, tiers } from '../../rules/tiers.ts';
import type { Why } from './why.ts';

/** Who would ask: the youngest only where somebody leads a lesson. */
export type Asker = { stage: KnownStage; isLed: boolean };

/**
 * Whether the page offers to ask: something but time or an adult's presence lifts the tier. The youngest ask through
 * the computer only when their teacher is there to get it.
 */
export const mayAsk = (why: Why, tier: TierName, { stage, isLed }: Asker): boolean =>
  why.code !== 'not-known-yet' &&
  why.code !== 'address-not-understood' &&
  // A grant stands above the lesson's focus: her teacher may open one page more (issue 4.8).
  (tier === 'focus' || tiers[tier].liftedBy.some((by) => by === 'allow' || by === 'grant')) &&
  (isLed || !isEarlyYears(stage));

/** Where the pages of a lesson are an answer to what is closed. */
export const tilesHelp = ({ code }: Why): boolean =>
  code === 'no-adult-yet' || code === 'not-approved' || code === 'focus';
