import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortHost } from '../../../components/host/shorten.ts';
import { momentInWords } from '../../../components/moment.ts';
import { wordsFrom } from '../../../components/words.tsx';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

test('a short host stays as it is', () => {
  expect(shortHost('poki.com')).toBe('poki.com');
});

test('a long host loses its beginning, at a dot: the end says whose it is', () => {
  expect(shortHost(`${'www.bank.example.'.repeat(9)}evil-example.co.uk`)).toMatch(
    /^….*evil-example\.co\.uk$/,
  );
  expect(shortHost('a'.repeat(300))).toBe(`…${'a'.repeat(43)}`);
});

test('no host, however hostile, is longer than its room or turns the reading direction', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 8, max: 60 }),
      (host, room) => {
        const shown = shortHost(host, room);
        expect(shown.length).toBeLessThanOrEqual(room);
        expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      },
    ),
  );
  expect(shortHost('\u202egnp.exe')).toBe('gnp.exe');
});

const words = wordsFrom(messages);
const friday = Date.UTC(2026, 10, 20, 9, 40);

test('a moment is said as a person would, in the school’s time zone', () => {
  expect(momentInWords(friday + 35 * 60_000, friday, words, 'Europe/London')).toBe('10:15');
  expect(momentInWords(Date.UTC(2026, 10, 23, 8, 15), friday, words, 'Europe/London')).toBe('Monday 08:15');
  expect(momentInWords(Date.UTC(2026, 11, 24, 8, 15), friday, words, 'Europe/London')).toBe('24 December');
  // Half past eleven in the evening in London is the next day in Dubai.
  const late = Date.UTC(2026, 10, 20, 23, 30);
  expect(momentInWords(late, friday, words, 'Europe/London')).toBe('23:30');
  expect(momentInWords(late, friday, words, 'Asia/Dubai')).toBe('Saturday 03:30');
});
