import type { LessonKind } from '../../rules/orders.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stages.ts';
import { supervisedHour } from '../../rules/timetable.ts';

/** The kinds of lesson that a stage knows (issue 4.3). Staff and visitors have none. */
export const kindsOf: Record<Stage, readonly LessonKind[]> = {
  EYFS: ['demonstration', 'directly-supervised'],
  KS1: ['demonstration', 'directly-supervised'],
  KS2: ['directly-supervised', 'directed', 'supervised'],
  KS3: ['directed', 'supervised'],
  KS4: ['directed', 'supervised'],
  staff: [],
  visitor: [],
};

const MINUTE_MS = 60_000;
const USUAL_MINUTES = 60;
const LONGEST_MINUTES = 120;

/** The latest end of a lesson that starts then, in milliseconds. */
export const latestEndOf = (startsAt: number, policy: Policy): number =>
  startsAt + (policy.longestLesson ?? LONGEST_MINUTES) * MINUTE_MS;

/** The hour of the timetable that this class has now. */
export const hourOf = (policy: Policy, group: { id: string; stage: Stage }, now: number) =>
  supervisedHour(policy.timetable, policy.timeZone, { stage: group.stage, groups: [group.id], now });

/** The end that a lesson has if nobody says another: that of the timetable's period, else in an hour. */
export const usualEndOf = (policy: Policy, group: { id: string; stage: Stage }, now: number): number =>
  Math.min(hourOf(policy, group, now)?.endsAt ?? now + USUAL_MINUTES * MINUTE_MS, latestEndOf(now, policy));
