/**
 * What outranks what: the highest tier that speaks decides (DESIGN §6). This file owns every priority, id range and
 * budget; no other file writes such a number. `tests/unit/rules/tiers.test.ts` prints the table.
 */
type Tier = {
  /** Its place among the tiers; the higher speaks first. */
  rank: number;
  says: 'open' | 'closed';
  /** Rule ids of this tier never leave this range, in either ruleset. */
  ids: readonly [first: number, last: number];
  liftedBy: readonly Lift[];
};

/** What may lift a closed verdict, in the order in which a child would ask for it. */
export type Lift = 'adult' | 'allow' | 'grant' | 'end';

export const tiers = {
  locked: { rank: 13, says: 'closed', ids: [1_000, 1_999], liftedBy: [] },
  essential: { rank: 12, says: 'open', ids: [2_000, 2_999], liftedBy: [] },
  suspended: { rank: 11, says: 'closed', ids: [3_000, 3_999], liftedBy: ['end'] },
  grant: { rank: 10, says: 'open', ids: [4_000, 4_999], liftedBy: ['end'] },
  focus: { rank: 9, says: 'closed', ids: [5_000, 5_999], liftedBy: ['end'] },
  guard: { rank: 8, says: 'closed', ids: [6_000, 6_999], liftedBy: ['grant'] },
  block: { rank: 7, says: 'closed', ids: [7_000, 7_999], liftedBy: ['grant'] },
  allow: { rank: 6, says: 'open', ids: [8_000, 8_999], liftedBy: [] },
  closedAlways: { rank: 5, says: 'closed', ids: [9_000, 9_999], liftedBy: ['allow', 'grant'] },
  supervisedOpen: { rank: 4, says: 'open', ids: [10_000, 10_999], liftedBy: [] },
  closedAlone: { rank: 3, says: 'closed', ids: [11_000, 11_999], liftedBy: ['adult', 'allow', 'grant'] },
  aloneOpen: { rank: 2, says: 'open', ids: [12_000, 12_999], liftedBy: [] },
  packaged: { rank: 0, says: 'closed', ids: [1, 99], liftedBy: ['adult', 'allow', 'grant'] },
} as const satisfies Record<string, Tier>;

export type TierName = keyof typeof tiers;

/** Highest first. */
export const tierNames = (Object.keys(tiers) as TierName[]).sort((a, b) => tiers[b].rank - tiers[a].rank);

/**
 * What a rule of a tier does. `inside` opens what an open page loads, and stands lowest in its tier; a `transform`
 * stands one above the `open` it belongs to (CHROME-FACTS 18). `over` closes what a tier's `open` would open wrongly.
 */
export type Kind = 'inside' | 'close' | 'open' | 'transform' | 'over';
const step = { inside: 1, close: 2, open: 3, transform: 4, over: 5 } as const satisfies Record<Kind, number>;

/** Ten apart, so that a tier's kinds never reach into the next; one above, because Chrome wants a priority ≥ 1. */
export const priority = (tier: TierName, kind: Kind): number => tiers[tier].rank * 10 + step[kind];

/** The tier and kind that a priority says: what `priority` made of them. */
export const tierOf = ({ priority }: { priority: number }): TierName =>
  tierNames.find((tier) => tiers[tier].rank === Math.floor(priority / 10)) ?? 'packaged';
export const kindOf = ({ priority }: { priority: number }): Kind | undefined =>
  (Object.keys(step) as Kind[]).find((kind) => step[kind] === priority % 10);

/** Headers stand above everything, or an `allow` of the same height would take them off (CHROME-FACTS 7). */
export const headerPriority = 1_000;
/** Ids of the rules that only write headers: they open and close nothing. */
export const headerIds = [200, 299] as const;

/** Ids of the rules for a list’s paths, in the dynamic ruleset: more than a tier’s range holds. */
export const pathIds = [100_000, 109_999] as const;

/** Sentinels carry a digest and match nothing that exists; one id for each ruleset. */
export const sentinelIds = { session: 100, dynamic: 101 } as const;

/** What Chrome allows (CHROME-FACTS 2); what we use of it stays below, `compile` refuses what does not fit. */
export const budgets = {
  dynamic: 30_000,
  dynamicUnsafe: 5_000,
  session: 5_000,
  /** Session and dynamic rules share it; each list has one pattern, for its redirect. */
  regex: 1_000,
  regexOfLists: 60,
  /** One plain block rule each; what is over it is judged by `watch`, and the status page says so. */
  paths: 10_000,
} as const;
