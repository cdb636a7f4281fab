import type { SchoolList } from './policy.ts';
import type { Stage } from './stages.ts';

/** Whether one of the school's lists is for pupils of this stage in these classes. */
export const isListFor = (
  { stages, groups }: Pick<SchoolList, 'stages' | 'groups'>,
  whom: { stage: Stage; groups: readonly string[] },
): boolean =>
  (!stages || stages.includes(whom.stage)) &&
  (!groups || groups.some((group) => whom.groups.includes(group)));
