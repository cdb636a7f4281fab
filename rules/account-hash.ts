/**
 * Policies lie on every device, so the accounts that an overlay names are hashed before a policy is signed: pupils
 * cannot read whom it speaks of. Whoever knows an account can still find out whether it is named (docs/limits.md).
 */
const MARK = 'sha256:';

/** What is hashed of an account, with the salt that stands in the policy. Case and spaces make no other account. */
export const accountToHash = (salt: string, account: string): string =>
  `${salt} ${account.trim().toLowerCase()}`;

/** How a policy writes an account, of the hex SHA-256 of `accountToHash`. */
export const hashedAccount = (hex: string): string => `${MARK}${hex}`;

export const isHashedAccount = (named: string): boolean => named.startsWith(MARK);
