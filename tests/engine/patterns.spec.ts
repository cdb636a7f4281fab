import { expect, test } from '@playwright/test';
import { patternsOf } from '../../rules/condition.ts';
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
  (n) => `example.com/a?a=1&b=2&${'q'.repeat(n)}*`,
];

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
      for (const pattern of patternsOf(read.entry))
        expect(await engine.supported(pattern), `${longest} as ${pattern}`).toBe(true);
    }
  } finally {
    await engine.close();
  }
});
