import type { Policy } from '../rules/policy.ts';
import type { Issue } from './plain-issues.ts';

/**
 * What the policy in force has and this one has not. Nothing is carried over from one to the next, and the console
 * writes a timetable into the policy, so whoever publishes the file of last term takes away what came since.
 */
export function whatGoes(before: Policy, after: Policy): Issue[] {
  const named = (['groups', 'lists', 'bundles', 'overlays'] as const).flatMap((part) => {
    const kept = new Set((after[part] ?? []).map(({ id }) => id));
    const gone = (before[part] ?? []).map(({ id }) => id).filter((id) => !kept.has(id));
    return gone.length === 0
      ? []
      : [{ path: part, problem: `${gone.join(', ')} is in force and not in here` }];
  });
  return before.timetable && !after.timetable
    ? [
        ...named,
        {
          path: 'timetable',
          problem: 'is in force and not in here: no hour of it would supervise a class any more',
        },
      ]
    : named;
}
