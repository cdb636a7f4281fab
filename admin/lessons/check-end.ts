import type { Policy } from '../../rules/policy.ts';
import type { Person } from '../people.ts';
import { latestEndOf } from './kinds.ts';
import { type Refused, refused } from './refused.ts';

/** What is wrong with an end: over already, after the day pass, or later than the policy lets a lesson be. */
export function checkEnd(
  endsAt: string,
  startsAt: number,
  now: Date,
  policy: Policy,
  { pass }: Pick<Person, 'pass'>,
): Refused | null {
  const end = Date.parse(endsAt);
  if (end <= now.getTime()) return refused(422, 'ends-in-past', 'The end of the lesson is over already.');
  if (pass && end > Date.parse(pass.endsAt))
    return refused(422, 'too-long', `Your day pass holds until ${pass.endsAt}.`);
  const latest = latestEndOf(startsAt, policy);
  return end > latest
    ? refused(
        422,
        'too-long',
        `A lesson lasts ${(latest - startsAt) / 60_000} minutes at most, so it ends at ${new Date(latest).toISOString()} at the latest.`,
      )
    : null;
}
