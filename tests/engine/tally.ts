import { type TierName, tierNames, tiers } from '../../rules/tiers.ts';
import type { Verdict } from '../../rules/verdict.ts';

/**
 * Two tiers *collide* in a case when the lower one has something to say about the address in that situation, and the
 * higher one decides it. What never collides proves nothing about its order.
 */
export type Tally = {
  cases: number;
  open: number;
  decided: Map<TierName, number>;
  collided: Map<string, number>;
};

/** The least of a run, as shares, so that a short run is held to as much as a long one. */
export type Quotas = { ofTier: number; ofPair: number; ofVerdict: number };

/** Issue 3: of 200,000 cases every tier decides 2 %, every pair collides 500 times, each verdict comes in 30 %. */
export const quotas: Quotas = { ofTier: 0.02, ofPair: 500 / 200_000, ofVerdict: 0.3 };

/** Pairs that cannot meet, higher tier first, each with the reason. The tally fails if one ever does. */
export const neverMeet: readonly { pair: readonly [TierName, TierName]; because: string }[] = [
  {
    pair: ['supervisedOpen', 'aloneOpen'],
    because: 'an adult is there or is not: the filtered web is open by one of the two',
  },
  {
    pair: ['focus', 'aloneOpen'],
    because: 'a directed lesson is led by an adult, so what is open beneath it is open with an adult',
  },
];

export const newTally = (): Tally => ({ cases: 0, open: 0, decided: new Map(), collided: new Map() });

const keyOf = (higher: TierName, lower: TierName) => `${higher} > ${lower}`;
const addTo = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Counts one case: what every tier says of it, the one that decides first. */
export function count(tally: Tally, [decides, ...others]: readonly Verdict[]): void {
  if (!decides) throw new Error('somebody always speaks');
  tally.cases += 1;
  if (decides.open) tally.open += 1;
  addTo(tally.decided, decides.tier);
  const lower = new Set(others.map(({ tier }) => tier));
  for (const tier of lower)
    if (tiers[tier].rank < tiers[decides.tier].rank) addTo(tally.collided, keyOf(decides.tier, tier));
}

/** Every two tiers, the higher first. */
const pairs = tierNames.flatMap((higher, at) =>
  tierNames.slice(at + 1).map((lower) => [higher, lower] as const),
);

const meetsNever = (higher: TierName, lower: TierName) =>
  neverMeet.some(({ pair }) => pair[0] === higher && pair[1] === lower);

/** What the run has too little of, in words; `part` lowers the bounds for a run that is only a sample. */
export function missing({ cases, open, decided, collided }: Tally, part = 1): string[] {
  const least = (share: number) => Math.ceil(share * part * cases);
  const short = (what: string, many: number, share: number) =>
    many < least(share) ? [`${what}: ${many} of ${least(share)}`] : [];
  return [
    ...short('open', open, quotas.ofVerdict),
    ...short('closed', cases - open, quotas.ofVerdict),
    ...tierNames.flatMap((tier) => short(`${tier} decides`, decided.get(tier) ?? 0, quotas.ofTier)),
    ...pairs.flatMap(([higher, lower]) => {
      const many = collided.get(keyOf(higher, lower)) ?? 0;
      if (!meetsNever(higher, lower)) return short(keyOf(higher, lower), many, quotas.ofPair);
      return many > 0 ? [`${keyOf(higher, lower)}: ${many}, and they cannot meet`] : [];
    }),
  ];
}

/** The counts as a table: a row decides over the columns below it. */
export function tableOf({ cases, open, decided, collided }: Tally): string {
  const share = (many: number) => `${((100 * many) / cases).toFixed(1)} %`;
  const rows = tierNames.map((higher, at) => [
    higher,
    share(decided.get(higher) ?? 0),
    ...tierNames
      .slice(1)
      .map((lower, column) =>
        column < at ? '' : meetsNever(higher, lower) ? '–' : String(collided.get(keyOf(higher, lower)) ?? 0),
      ),
  ]);
  const all = [['', 'decides', ...tierNames.slice(1)], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(' '));
  const never = neverMeet.map(({ pair, because }) => `– ${pair.join(' > ')}: ${because}`);
  return [
    `${cases} cases, ${share(open)} open, ${share(cases - open)} closed; collisions, the row decides over the column:`,
    ...lines,
    ...never,
  ].join('\n');
}
