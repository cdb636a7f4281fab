import { expect, test } from 'vitest';
import { type Kind, priority, type TierName, tierNames, tiers } from '../../../rules/tiers.ts';

const kinds: readonly Kind[] = ['over', 'transform', 'open', 'close', 'inside'];

test('the priority table', () => {
  const table = tierNames.map(
    (tier) => `${tier} ${tiers[tier].says} ${kinds.map((kind) => priority(tier, kind)).join(' ')}`,
  );
  expect(table).toEqual([
    'locked closed 135 134 133 132 131',
    'essential open 125 124 123 122 121',
    'suspended closed 115 114 113 112 111',
    'grant open 105 104 103 102 101',
    'focus closed 95 94 93 92 91',
    'guard closed 85 84 83 82 81',
    'block closed 75 74 73 72 71',
    'allow open 65 64 63 62 61',
    'closedAlways closed 55 54 53 52 51',
    'supervisedOpen open 45 44 43 42 41',
    'closedAlone closed 35 34 33 32 31',
    'aloneOpen open 25 24 23 22 21',
    'packaged closed 5 4 3 2 1',
  ]);
});

test('nothing outranks locked, and everything outranks packaged', () => {
  for (const tier of tierNames) {
    if (tier !== 'locked') expect(priority('locked', 'close')).toBeGreaterThan(priority(tier, 'over'));
    if (tier !== 'packaged') expect(priority(tier, 'inside')).toBeGreaterThan(priority('packaged', 'over'));
  }
});

test('a tier lies wholly above the next, and its transform one above its open', () => {
  for (let at = 1; at < tierNames.length; at += 1) {
    const [above, below] = [tierNames[at - 1] as TierName, tierNames[at] as TierName];
    expect(priority(above, 'inside')).toBeGreaterThan(priority(below, 'over'));
  }
  for (const tier of tierNames) expect(priority(tier, 'transform')).toBe(priority(tier, 'open') + 1);
});

test('id ranges do not overlap', () => {
  const ranges = tierNames.map((tier) => tiers[tier].ids).sort(([a], [b]) => a - b);
  ranges.slice(1).forEach(([first], index) => {
    expect(first).toBeGreaterThan(ranges[index]?.[1] ?? 0);
  });
});
