import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for each other, without vowels, so that no word comes out. */
const letters = 'cdfhjkmnprtvwxy34679';
const LENGTH = 6;

/** A code that no other live lesson has: 64 million of them. */
export function makeCode(taken: ReadonlySet<string>): string {
  for (;;) {
    const code = Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]).join('');
    if (!taken.has(code)) return code;
  }
}

/** As it was meant: capitals, spaces and dashes are nothing. */
export const codeMeant = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '');
