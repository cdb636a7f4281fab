import { expect, test } from 'vitest';
import { goOn } from '../../../entrypoints/blocked/going-on.ts';

function tab() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
  const went: string[] = [];
  return {
    kept,
    went,
    tryAt: (address: string, at: number) => goOn(address, storage, (to) => void went.push(to), at),
  };
}

test('an address that has opened is gone to once, and again only after a while', () => {
  const { tryAt, went } = tab();
  expect(tryAt('https://one.example/', 100_000)).toBe(true);
  expect(tryAt('https://one.example/', 105_000)).toBe(false);
  expect(tryAt('https://two.example/', 106_000)).toBe(true);
  expect(tryAt('https://two.example/', 107_000)).toBe(false);
  expect(tryAt('https://two.example/', 117_000)).toBe(true);
  expect(went).toEqual(['https://one.example/', 'https://two.example/', 'https://two.example/']);
});

test('no address stays in the tab', () => {
  const { kept, tryAt } = tab();
  tryAt('https://private.example/about-me?q=words', 1);
  tryAt('https://other.example/', 2);
  expect([...kept].join()).not.toMatch(/example|about|words/);
  expect(kept.size).toBe(1);
});
