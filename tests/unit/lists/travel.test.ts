import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta, deltaAfter, deltaBetween, parseDelta, printDelta } from '../../../rules/lists/delta.ts';
import { packNames, unpackNames } from '../../../rules/lists/packed.ts';
import { cutParts, textOf } from '../../../rules/lists/parts.ts';

const label = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
const name = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('com', 'uk', 'x', 'co'))
  .map(([labels, last]) => [...labels, last].join('.'));
const list = fc.uniqueArray(name, { maxLength: 60 }).map((names) => names.sort());

test('packed names are the same names again', () => {
  fc.assert(
    fc.property(list, (names) => {
      expect(unpackNames(packNames(names))).toEqual(names);
    }),
  );
});

test.each([['1abc\n'], ['.com\nzshort\n'], ['.com\n!\n']])('%j is no packed text', (text) => {
  expect(unpackNames(text)).toBeNull();
});

test('a delta makes the new text of the old one, also printed, also after another', () => {
  fc.assert(
    fc.property(list, list, list, (first, second, third) => {
      const one = deltaBetween(first, second);
      expect(applyDelta(textOf(first), one)).toBe(textOf(second));
      expect(parseDelta(printDelta(one))).toEqual(one);
      const both = deltaAfter(one, deltaBetween(second, third));
      expect(both).toEqual(deltaBetween(first, third));
      expect(applyDelta(textOf(first), both)).toBe(textOf(third));
    }),
  );
});

test('a delta for another list is refused or makes another text, never an error', () => {
  fc.assert(
    fc.property(list, list, list, (first, second, other) => {
      const made = applyDelta(textOf(other), deltaBetween(first, second));
      expect(made === null || typeof made === 'string').toBe(true);
    }),
  );
  expect(applyDelta('a.x\n', { added: ['a.x'], removed: [] })).toBeNull();
  expect(applyDelta('a.x\n', { added: [], removed: ['b.x'] })).toBeNull();
  expect(parseDelta('neither')).toBeNull();
});

test('a change at one place leaves the other parts as they were', () => {
  const names = Array.from(
    { length: 200_000 },
    (_, at) => `${(at * 7_919).toString(36)}-name.example`,
  ).sort();
  const parts = cutParts(names).map(textOf);
  expect(parts.join('')).toBe(textOf(names));
  expect(parts.length).toBeGreaterThan(4);
  for (const part of parts.slice(0, -1)) expect(part.length).toBeGreaterThanOrEqual(256_000);
  for (const part of parts) expect(part.length).toBeLessThan(800_000);
  const changed = cutParts([...names, 'aaaa-new.example', 'aaaa-other.example'].sort()).map(textOf);
  const same = changed.filter((part) => parts.includes(part));
  expect(same.length).toBeGreaterThanOrEqual(parts.length - 2);
});
