import { expect, test } from 'vitest';
import { opensNothingWords, opensOf, waitsForClass } from '../../../admin/console/src/lessons.ts';
import type { ClassCard } from '../../../admin/lessons/wire.ts';

const card = { id: '2b', last: null } as ClassCard;
const last = { title: 'Maps' } as ClassCard['last'];

test('a lesson that would open nothing offers the last one only where there is one', () => {
  expect(opensNothingWords(card)).not.toContain('last lesson');
  expect(opensNothingWords({ last })).toContain('the last lesson again');
});

test('who teaches and has no class is sent to the office, before the list of all classes', () => {
  expect(waitsForClass('teacher', [], [card])).toBe(true);
  expect(waitsForClass('teacher', [card], [card])).toBe(false);
  expect(waitsForClass('teacher', [], [])).toBe(false);
  expect(waitsForClass('principal', [], [card])).toBe(false);
});

test('a live card names what the lesson opens, services first, and how many more', () => {
  const site = (entry: string, title?: string) => ({ entry, ...(title ? { title } : {}) });
  const bundles = [{ id: 'docs', title: 'Google Docs' }];
  expect(opensOf({ bundles, sites: [site('museum.example/fossils', 'Fossils'), site('bbc.co.uk')] })).toBe(
    'Google Docs, Fossils, bbc.co.uk',
  );
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => site(`${name}.example`));
  expect(opensOf({ bundles: [], sites: many })).toBe(
    'a.example, b.example, c.example, d.example, and 2 more',
  );
  expect(opensOf({ bundles: [], sites: [] })).toBe('');
});
