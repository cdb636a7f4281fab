import type { Policy } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stages.ts';
import { allClasses, type Class, classesOf, namesBySeat } from '../groups/classes.ts';
import { classListSpeaker } from '../groups/speaker.ts';
import type { OrderedSeat } from '../orders-for-seat.ts';
import { writesSoFar } from '../store/another-wrote.ts';
import { seatsToOrder } from '../store/seats.ts';
import type { Store } from '../store/tables.ts';

/** A seat and whoever sits there, by class list and managed settings. */
export type Seated = OrderedSeat & {
  groups: readonly string[];
  /** Of the class list, else of the managed settings. */
  stageHere: Stage | string;
  name: string | null;
  /** Its account stands in a class list. */
  isListed: boolean;
  heardAt: string | null;
};

/** Who sits where, read once. */
export type ClassListsNow = { classes: Class[]; seats: Seated[] };

/** What lessons need to know of classes. */
export type ClassLists = {
  read(policy: Policy | null): Promise<ClassListsNow>;
  classes(policy: Policy | null): Promise<Class[]>;
  classesOf(email: string): Promise<string[]>;
};

export function createClassLists(store: Store, now: () => Date): ClassLists {
  let last: { writes: string; lists: Promise<ClassListsNow> } | undefined;

  async function read(policy: Policy | null): Promise<ClassListsNow> {
    const [classes, ask, nameOf, seats] = await Promise.all([
      allClasses(store, policy),
      classListSpeaker(store).read(now()),
      namesBySeat(store),
      seatsToOrder(store),
    ]);
    return {
      classes,
      seats: seats.map((seat) => {
        const { groups = [], stage } = ask(seat, []);
        return {
          ...seat,
          groups: [...new Set([...(seat.group === null ? [] : [seat.group]), ...groups])],
          stageHere: stage ?? seat.stage,
          name: nameOf(seat),
          isListed: groups.length > 0,
        };
      }),
    };
  }

  return {
    classes: (policy) => allClasses(store, policy),
    classesOf: (email) => classesOf(store, email),
    // When a lesson changes every open console asks at once: what nobody wrote to is read once for all of them.
    async read(policy) {
      const { own, others } = await writesSoFar(store);
      const writes = `${own} ${others}`;
      if (last?.writes !== writes) last = { writes, lists: read(policy) };
      const { lists } = last;
      // A look that failed is not kept.
      lists.catch(() => {
        last = undefined;
      });
      return lists;
    },
  };
}
