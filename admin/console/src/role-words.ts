import type { Role } from '../../console-wire.ts';
import { say } from './words.ts';

export const roleWords = (role: Role): string => say(`role_${role.replaceAll('-', '_')}`);

/** What somebody did, for the audit; an act of a newer endpoint keeps its own name, without its dashes. */
export function auditWords(act: string): string {
  const key = `audit_${act.replaceAll('-', '_')}`;
  const words = say(key);
  return words === key ? act.replaceAll('-', ' ') : words;
}
