import { expect, test } from 'vitest';
import {
  extend,
  howMany,
  keepOnly,
  neighbour,
  nothingSelected,
  step,
  toggle,
  toggleAll,
} from '../../../admin/console/src/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('');

test('a click ticks and unticks one row', () => {
  const once = toggle(nothingSelected, 'b');
  expect(ids(once)).toBe('b');
  expect(ids(toggle(once, 'b'))).toBe('');
});

test('Shift ticks everything between, in either direction', () => {
  expect(ids(extend(toggle(nothingSelected, 'b'), 'd', order))).toBe('bcd');
  expect(ids(extend(toggle(nothingSelected, 'd'), 'b', order))).toBe('bcd');
});

test('Shift without a beginning that is still there ticks one row', () => {
  expect(ids(extend(nothingSelected, 'c', order))).toBe('c');
  expect(ids(extend(toggle(nothingSelected, 'gone'), 'c', order))).toBe('cgone');
});

test('"select all" ticks all, and a second time none', () => {
  const all = toggleAll(toggle(nothingSelected, 'b'), order);
  expect(howMany(all, order)).toBe('all');
  expect(ids(toggleAll(all, order))).toBe('');
  expect(howMany(toggle(nothingSelected, 'b'), order)).toBe('some');
});

test('a row that left the list is never acted upon', () => {
  expect(ids(keepOnly(toggleAll(nothingSelected, order), ['a', 'c']))).toBe('ac');
});

test('the arrows stay inside the list', () => {
  expect(step(order, 'a', -1)).toBe('a');
  expect(step(order, 'e', 1)).toBe('e');
  expect(step(order, 'b', 1)).toBe('c');
  expect(step(order, 'gone', 1)).toBe('a');
  expect(step([], null, 1)).toBeNull();
});

test('when rows leave, the focus goes to the next that stays, else to the one before', () => {
  expect(neighbour(order, new Set(['b']))).toBe('c');
  expect(neighbour(order, new Set(['b', 'd']))).toBe('e');
  expect(neighbour(order, new Set(['d', 'e']))).toBe('c');
  expect(neighbour(order, new Set(order))).toBeNull();
});
