import { beforeEach, expect, test } from 'vitest';
import { inMemory } from '../../../utils/in-memory.ts';

let time = 0;
let reads = 0;
let good = true;
beforeEach(() => {
  time = 1_000_000;
  reads = 0;
  good = true;
});
const counted = () =>
  inMemory(
    async () => ++reads,
    () => time,
    () => good,
  );

test('what was read is not read again, until it is forgotten', async () => {
  const held = counted();
  expect([await held.now(), await held.now()]).toEqual([1, 1]);
  held.forget();
  expect(await held.now()).toBe(2);
});

test('two who ask at once share one reading', async () => {
  const held = counted();
  expect(await Promise.all([held.now(), held.now()])).toEqual([1, 1]);
});

test('it is read again when it is no longer good, after half a minute, and when the clock goes back', async () => {
  const held = counted();
  await held.now();
  good = false;
  expect(await held.now()).toBe(2);
  good = true;
  time += 29_999;
  expect(await held.now()).toBe(2);
  time += 1;
  expect(await held.now()).toBe(3);
  time -= 60_000;
  expect(await held.now()).toBe(4);
});

test('a reading that began before it was forgotten is not kept', async () => {
  const held = counted();
  const early = held.now();
  held.forget();
  await early;
  expect(await held.now()).toBe(2);
});

test('a reading that failed is tried again', async () => {
  let fails = true;
  const held = inMemory(
    async () => {
      if (fails) throw new Error('no disk');
      return 'there';
    },
    () => time,
  );
  await expect(held.now()).rejects.toThrow('no disk');
  fails = false;
  expect(await held.now()).toBe('there');
});
