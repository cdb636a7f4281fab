import { expect, test } from 'vitest';
import { z } from 'zod';
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

test('a clock that is set back a day stops nothing: what ends in half an hour ends, also offline', () => {
  let own = 30 * hour;
  const clock = createClock(() => own);
  const endsAt = clock.now() + hour / 2;
  own -= 24 * hour;
  // A beat every 30 seconds, and the worker dies and starts again between any two of them.
  let kept = { latest: clock.now(), ahead: clock.ahead(), own: clock.own() };
  for (let beats = 0; beats < 60; beats += 1) {
    own += 30_000;
    const again = createClock(() => own);
    again.startFrom(kept.latest, kept.ahead, kept.own);
    kept = { latest: again.now(), ahead: again.ahead(), own: again.own() };
  }
  expect(kept.latest).toBe(endsAt);
});

test('whatever the computer’s clock says, what it says can be sent', () => {
  let own = 8.64e15;
  const clock = createClock(() => own);
  expect(z.iso.datetime().safeParse(new Date(clock.now()).toISOString()).success).toBe(true);
  clock.heard(30 * hour);
  own += hour;
  expect(clock.now()).toBe(31 * hour);
});

test('a clock that was set back and is put right is no leap ahead', () => {
  let own = 30 * hour;
  const clock = createClock(() => own);
  clock.now();
  own -= 24 * hour;
  clock.now();
  own += hour / 60;
  expect(clock.now()).toBe(30 * hour + hour / 60);
  own = 30 * hour + hour / 60;
  expect(clock.now()).toBeLessThan(30 * hour + hour / 10);
  own += hour;
  expect(clock.now()).toBe(31 * hour + hour / 60);
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
