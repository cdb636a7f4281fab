import { expect, test } from 'vitest';
import { wrongWith } from '../../../admin/console/src/pasted.ts';
import { say } from '../../../admin/console/src/words.ts';
import { readPastedEntry } from '../../../admin/lessons/pasted-entry.ts';

const wrong = (entry: string, { young = true, looked = false, reason = '' } = {}) =>
  wrongWith(readPastedEntry(entry, young), { entry, young, looked, reason });

test('for the youngest everything that is missing is said at once, and only that', () => {
  const all = [say('pasteWholeSite'), say('pasteNotLooked'), say('pasteNoReason')].join(' ');
  expect(wrong('museum.example')).toBe(all);
  expect(wrong('')).toBe([say('pasteMissing'), say('pasteNotLooked'), say('pasteNoReason')].join(' '));
  expect(wrong('museum.example/fossils', { reason: 'Our topic.' })).toBe(say('pasteNotLooked'));
  expect(wrong('museum.example/fossils', { looked: true, reason: 'Our topic.' })).toBeNull();
});

test('from KS2 the address alone counts', () => {
  expect(wrong('museum.example', { young: false })).toBeNull();
  expect(wrong('', { young: false })).toBe(say('pasteMissing'));
});
