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

/** Letters and digits of a backup code; those that better-auth made before were shorter. */
const BACKUP_LETTERS = 16;

/** The codes that stand in for a phone that is at home. */
export const makeBackupCodes = (): string[] => Array.from({ length: 10 }, () => makeCode(BACKUP_LETTERS / 4));

/** A backup code as it was made, however it was typed. One of the older kind, where large and small differ, stays. */
export function readBackupCode(typed: string): string {
  const plain = typed.replace(/[^a-z0-9]/gi, '').toLowerCase();
  return plain.length === BACKUP_LETTERS ? (plain.match(/.{4}/g) ?? []).join('-') : typed.trim();
}
