import { policyNow } from '../documents-now.ts';
import type { Class } from '../groups/classes.ts';
import type { Hold } from './may-run.ts';
import type { LessonParts } from './parts.ts';
import { type Refused, refused } from './refused.ts';

/** Seats of the lesson's stages; `holdOf` is null where the lesson's code speaks for an adult who is there. */
export async function checkSeats(
  { store, classLists }: Pick<LessonParts, 'store' | 'classLists'>,
  seats: readonly string[],
  groups: readonly Class[],
  holdOf: ((group: string) => Hold) | null,
): Promise<Refused | null> {
  const { seats: known, classes } = await classLists.read(await policyNow(store));
  const stages = groups.map(({ stage }) => stage as string);
  for (const id of seats) {
    const seat = known.find((one) => one.id === id);
    if (!seat) return refused(422, 'no-seat', 'One of the seats is not enrolled here.');
    if (!stages.includes(seat.stageHere))
      return refused(
        422,
        'seat-not-for-stage',
        `One of the seats is set up for ${seat.stageHere}, and this lesson is for ${[...new Set(stages)].join(', ')}.`,
      );
    const sits = seat.groups.filter((id) => classes.some((one) => one.id === id));
    if (holdOf && sits.length > 0 && sits.every((group) => holdOf(group) === 'none'))
      return refused(403, 'not-your-class', 'One of the seats is of a class that is not yours.');
  }
  return null;
}
