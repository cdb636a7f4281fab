import type { Overlay } from '../../rules/overlay.ts';
import { Stage } from '../../rules/stages.ts';
import type { Speaker } from '../orders-for-seat.ts';
import type { Writing } from '../store/tables.ts';
import { liveNeeds } from './needs.ts';
import { liveSuspensions } from './suspensions.ts';

/**
 * A need as a device gets it: why, and who decided, stay at school. Somebody with the enrolment token can make a seat
 * under a classmate's account, and reads what it gets.
 */
const withoutReason = ({ entries, ...overlay }: Overlay): Overlay => ({
  ...overlay,
  reason: 'kept at school',
  by: { role: overlay.by.role, name: 'school' },
  ...(entries ? { entries: entries.map(({ reason: _, approvedBy: __, ...entry }) => entry) } : {}),
});

/** Class lists, to a seat: whose it is by account, so which groups and stage it has, and what holds for that pupil alone. */
export const classListSpeaker = (store: Writing): Speaker => ({
  name: 'class lists',
  async read(now) {
    const [pupils, memberships, suspensions, needs] = await Promise.all([
      store.selectFrom('pupils').select(['account', 'hash', 'stage']).where('leftAt', 'is', null).execute(),
      store
        .selectFrom('memberships')
        .innerJoin('groups', 'groups.id', 'memberships.group')
        .select(['memberships.account', 'memberships.group'])
        .where('groups.endedAt', 'is', null)
        .orderBy('memberships.group')
        .execute(),
      liveSuspensions(store, now),
      liveNeeds(store),
    ]);
    const groupsOf = new Map<string, string[]>();
    for (const { account, group } of memberships) {
      const of = groupsOf.get(account);
      if (of) of.push(group);
      else groupsOf.set(account, [group]);
    }
    const byHash = new Map(pupils.map((pupil) => [pupil.hash, pupil]));
    return (seat) => {
      const pupil = seat.account === null ? undefined : byHash.get(seat.account);
      if (!pupil) return {};
      const { account } = pupil;
      const stage = Stage.safeParse(pupil.stage);
      const suspension = suspensions.get(account);
      const overlays = needs.get(account);
      return {
        groups: groupsOf.get(account) ?? [],
        ...(stage.success ? { stage: stage.data } : {}),
        ...(suspension ? { suspensions: [suspension] } : {}),
        ...(overlays ? { overlays: overlays.map(withoutReason) } : {}),
      };
    };
  },
});
