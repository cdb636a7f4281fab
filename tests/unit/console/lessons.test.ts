import { expect, test } from 'vitest';
import { opensNothingWords, waitsForClass } from '../../../admin/console/src/lessons.ts';
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
