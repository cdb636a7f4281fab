import type { Role } from '../console-wire.ts';
import { covers } from '../roles.ts';

/** Who changes something about people: somebody at the console, or the command line (no id, no role). */
export type Actor = { id: string | null; name: string; role: Role | null };

export const commandLine: Actor = { id: null, name: 'command line', role: null };

/** How an actor stands in the audit. */
export const asAuthor = ({ id, name }: Actor) => ({ person: id, by: name });

/**
 * Nobody gives what they do not have: a principal and the command line appoint everybody, others only people whose
 * role does nothing that their own does not. Else an account could be made, or a password reset, to climb by.
 */
export const mayAppoint = ({ role: mine }: Actor, role: Role): boolean =>
  mine === null || mine === 'principal' || covers(mine, role);
