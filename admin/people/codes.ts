import { createHash, randomInt } from 'node:crypto';

/** Without letters that look alike: somebody will copy it from a screen or from paper by hand. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Groups of four letters; each group holds about 20 bits. */
export function makeCode(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A one-time password, or a day pass's code: about 79 bits. */
export const makeOneTimePassword = (): string => makeCode(4);

/** What is kept of a code. However a person types it, with or without dashes, it is the same. */
export const hashOfCode = (typed: string): string =>
  createHash('sha256')
    .update(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex');
