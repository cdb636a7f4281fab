import type { Role } from '../../console-wire.ts';
import { say } from './words.ts';

export const roleWords = (role: Role): string => say(`role_${role.replaceAll('-', '_')}`);
