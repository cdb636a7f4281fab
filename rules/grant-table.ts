import { z } from 'zod';
import { type CategoryClass, type CategoryId, categories } from './categories.ts';

/** The roles that may open something, beside the pupil who asks. */
export const GrantRole = z.enum(['teacher', 'coordinator', 'dsl', 'principal', 'network-manager']);
export type GrantRole = z.infer<typeof GrantRole>;

/** What a grant of this class needs: a lesson that it belongs to, or a named member of staff who asked for it. */
export type Needs = 'lesson' | 'named-request';

export type MayGrant = { may: true; needs: Needs } | { may: false; code: 'nobody' | 'network-manager' };

const forLesson: MayGrant = { may: true, needs: 'lesson' };
const onRequest: MayGrant = { may: true, needs: 'named-request' };
const nobody: MayGrant = { may: false, code: 'nobody' };
const asksNetworkManager: MayGrant = { may: false, code: 'network-manager' };

/**
 * Who may grant what (DESIGN §6; FIELD T6, U1, F5): illegal nobody; sensitive the network manager, on a named member
 * of staff's request; ordinary a teacher for a lesson, and whoever stands over or beside a teacher.
 */
export const grantTable = {
  illegal: {
    teacher: nobody,
    coordinator: nobody,
    dsl: nobody,
    principal: nobody,
    'network-manager': nobody,
  },
  sensitive: {
    teacher: asksNetworkManager,
    coordinator: asksNetworkManager,
    dsl: asksNetworkManager,
    principal: asksNetworkManager,
    'network-manager': onRequest,
  },
  ordinary: {
    teacher: forLesson,
    coordinator: forLesson,
    dsl: forLesson,
    principal: forLesson,
    'network-manager': onRequest,
  },
} as const satisfies Record<CategoryClass, Record<GrantRole, MayGrant>>;

/** Whether a role may open a category for somebody, and what it needs to do so. */
export const mayGrant = (role: GrantRole, category: CategoryId): MayGrant =>
  grantTable[categories[category].class][role];

/** Whether a role may open what a class closes, for things that are in no category: the guard, the school's lists. */
export const mayGrantClass = (role: GrantRole, category: CategoryClass): MayGrant =>
  grantTable[category][role];

/** Who may let a pupil or a group see more of the web for longer than a lesson (FIELD N1, C1). */
export const mayWidenAccess = (role: GrantRole): boolean => role !== 'teacher';
