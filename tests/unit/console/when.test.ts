import { expect, test } from 'vitest';
import { exact, relative } from '../../../admin/console/src/when.ts';
import { say } from '../../../admin/console/src/words.ts';

const now = new Date('2026-11-20T10:00:00Z');
const london = 'Europe/London';
const ago = (at: string) => relative(say, new Date(at), now, london);

test('time is told in the fewest words that stay true', () => {
  expect(ago('2026-11-20T09:59:20Z')).toBe('just now');
  expect(ago('2026-11-20T09:56:00Z')).toBe('4 min ago');
  expect(ago('2026-11-20T08:00:00Z')).toBe('2 hr ago');
  expect(ago('2026-11-19T14:05:00Z')).toBe('yesterday, 14:05');
  expect(ago('2026-11-16T14:05:00Z')).toBe('Monday, 14:05');
  expect(ago('2026-03-12T14:05:00Z')).toBe('12 March');
  expect(ago('2025-03-12T14:05:00Z')).toBe('12 March 2025');
});

test('a device clock that runs ahead of ours says "just now", never a time to come', () => {
  expect(ago('2026-11-20T10:03:00Z')).toBe('just now');
});

test('yesterday is yesterday by the calendar, also a few minutes after midnight', () => {
  const afterMidnight = new Date('2026-11-20T00:20:00Z');
  expect(relative(say, new Date('2026-11-19T23:10:00Z'), afterMidnight, london)).toBe('yesterday, 23:10');
  expect(relative(say, new Date('2026-11-19T23:40:00Z'), afterMidnight, london)).toBe('40 min ago');
});

test('the night the clocks go back does not move a day', () => {
  const monday = new Date('2026-10-26T09:00:00Z');
  expect(relative(say, new Date('2026-10-25T00:30:00Z'), monday, london)).toBe('yesterday, 01:30');
  expect(relative(say, new Date('2026-10-24T22:30:00Z'), monday, london)).toBe('Saturday, 23:30');
});

test('the exact time has seconds, and the year only where it is another one', () => {
  expect(exact(new Date('2026-11-19T14:05:07Z'), now, london)).toBe('19 Nov, 14:05:07');
  expect(exact(new Date('2025-11-19T14:05:07Z'), now, london)).toBe('19 Nov 2025, 14:05:07');
});
