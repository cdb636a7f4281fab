import { expect, test } from '@playwright/test';
import { conditionsOf, patternsOf, type Where } from '../../rules/condition.ts';
import { escapedLetters, repeatedKeys } from '../../rules/dodges.ts';
import { parseEntry } from '../../rules/entry.ts';
import { openEngine } from './engine.ts';

/** The longest entries of each shape that `parseEntry` takes: grown letter by letter until it refuses. */
const shapes: ((letters: number) => string)[] = [
  (n) => `example.com/${'a'.repeat(n)}`,
  (n) => `example.com/${'-.'.repeat(n).slice(0, n)}`,
  (n) => `.${'h'.repeat(n)}.example.com/path`,
  (n) => `.${'h'.repeat(n)}.example.com:80`,
  (n) => `example.com:8443/${'a'.repeat(n)}`,
  (n) => `https://example.com/${'a'.repeat(n)}?v=1`,
  (n) => `example.com/?${'q'.repeat(n)}=1&b=2`,
  (n) => `example.com/${'ks'.repeat(n).slice(0, n)}`,
  (n) => `example.com/${'k/'.repeat(n).slice(0, n)}`,
  (n) => `.${'hk'.repeat(n).slice(0, n)}.example.com:80/k?v=1`,
  (n) => `example.com/${'a'.repeat(n)}?${'q'.repeat(n)}=1`,
  (n) => `example.com/?${'q'.repeat(n)}=1`,
  (n) => `example.com/${'a'.repeat(24)}?${'q'.repeat(n)}=1`,
  (n) => `example.com/a?a=1&b=2&${'q'.repeat(n)}*`,
  (n) => `.${'a.'.repeat(n).slice(0, 6)}example.com`,
  (n) => `.${'a.'.repeat(n).slice(0, 8)}example.com`,
];

const patternOf = ({ regexFilter = '' }: Where) => ({ pattern: regexFilter, sensitive: true });

test('Chrome takes the pattern of every entry that is not refused as too long', async () => {
  const engine = await openEngine();
  try {
    for (const shape of shapes) {
      let longest = '';
      for (let letters = 1; letters < 300; letters += 1) {
        const read = parseEntry(shape(letters));
        if (!read.ok) break;
        longest = shape(letters);
      }
      const read = parseEntry(longest);
      if (!read.ok) throw new Error(`nothing of the shape ${shape(1)} is taken`);
      const patterns = [
        ...patternsOf(read.entry).map((pattern) => ({ pattern, sensitive: true })),
        ...patternsOf(read.entry, 'closed').map((pattern) => ({ pattern, sensitive: false })),
        ...conditionsOf([read.entry]).map(patternOf),
        ...[...repeatedKeys([read.entry]), ...escapedLetters([read.entry])].map(patternOf),
      ];
      for (const { pattern, sensitive } of patterns)
        expect(await engine.supported(pattern, sensitive), `${longest} as ${pattern}`).toBe(true);
    }
  } finally {
    await engine.close();
  }
});
