import { expect, test } from 'vitest';
import { backOff } from '../../../utils/back-off.ts';
import { createClock } from '../../../utils/clock.ts';

const hour = 3_600_000;

test('setting the computer back turns nothing back', () => {
  let own = 10 * hour;
  const clock = createClock(() => own);
  expect(clock.now()).toBe(10 * hour);
  own = 2 * hour;
  expect(clock.now()).toBe(10 * hour);
  own = 11 * hour;
  expect(clock.now()).toBe(11 * hour);
});

test('an earlier run is remembered', () => {
  const clock = createClock(() => 5 * hour);
  clock.startFrom(9 * hour);
  expect(clock.now()).toBe(9 * hour);
});

test('a computer whose clock is behind does not stand still after a restart', () => {
  let own = 10 * hour;
  const first = createClock(() => own);
  first.heard(12 * hour);
  const again = createClock(() => own);
  again.startFrom(first.now(), first.ahead());
  own += hour;
  expect(again.now()).toBe(13 * hour);
});

test('the endpoint corrects the clock in both directions, and nobody else turns it back', () => {
  let own = 30 * hour;
  const clock = createClock(() => own);
  expect(clock.now()).toBe(30 * hour);
  clock.heard(6 * hour);
  own += hour;
  expect(clock.now()).toBe(7 * hour);
  own -= 5 * hour;
  expect(clock.now()).toBe(7 * hour);
  clock.heard(100 * hour);
  expect(clock.now()).toBe(100 * hour);
});

test('waiting doubles to five minutes, with jitter between half and whole', () => {
  expect([1, 2, 3, 4].map((tries) => backOff(tries, 1))).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(backOff(100, 1)).toBe(300_000);
  expect(backOff(100, 0)).toBe(150_000);
});
