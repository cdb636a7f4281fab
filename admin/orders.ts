import type { Scope } from '../rules/orders.ts';
import { Policy } from '../rules/policy.ts';
import type { AuditFacts } from './audit-acts.ts';
import { checkOrders, type OrdersChecked, StandingOrders } from './orders-check.ts';
import type { OrderedSeat, Speaker } from './orders-for-seat.ts';
import { inOneGo, type Publisher } from './publish.ts';
import { writeAudit } from './store/audit.ts';
import { newestDocument } from './store/documents.ts';
import { hashAccount } from './store/seats.ts';
import { readStanding, writeStanding } from './store/standing.ts';
import type { Writing } from './store/tables.ts';

const nothing: StandingOrders = { lessons: [], grants: [], closings: [], suspensions: [] };

/**
 * Replaces what IT has opened and closed by hand, all of it or nothing. `by` stands in the audit, with counts only.
 * Seats have it within seconds, also from an endpoint that runs on the same folder meanwhile.
 */
export async function setOrders(
  publisher: Publisher,
  written: unknown,
  by: string,
  endpointHost?: string,
): Promise<OrdersChecked> {
  const stored = await newestDocument(publisher.store, 'policy');
  const policy = stored ? Policy.parse(JSON.parse(stored.body)) : null;
  const checked = checkOrders(written, publisher.now(), { policy, endpointHost });
  if (!checked.ok) return checked;
  await inOneGo(publisher, async (writing) => {
    await writeStanding(writing.store, 'orders', checked.orders);
    await writeAudit(writing.store, [
      { at: writing.now(), person: null, by, act: 'set-orders', facts: factsOf(checked.orders) },
    ]);
  });
  return checked;
}

const factsOf = ({ lessons, grants, closings, suspensions }: StandingOrders): AuditFacts => ({
  lessons: lessons.length,
  grants: grants.length,
  closings: closings.length,
  suspensions: suspensions.length,
});

/** What is open now by IT's own hand. */
export const standingOrders = async ({ store }: { store: Writing }): Promise<StandingOrders> =>
  StandingOrders.parse((await readStanding(store, 'orders')) ?? nothing);

/** The orders that IT set by hand, to a seat: what may concern whoever sits there, and closings, which are everybody's. */
export const standingSpeaker = (store: Writing): Speaker => ({
  name: 'standing orders',
  async read() {
    const orders = await standingOrders({ store });
    const suspended = orders.suspensions.map((suspension) => ({
      hash: hashAccount(suspension.pupil),
      // Why a pupil is suspended stays at school.
      suspension: { ...suspension, reason: '' },
    }));
    return (seat, groups) => ({
      lessons: orders.lessons
        .filter(
          (lesson) =>
            lesson.groups.some((group) => groups.includes(group)) || lesson.seats?.includes(seat.id) === true,
        )
        .map((lesson) => onlyOwnSeat(lesson, seat.id)),
      grants: orders.grants
        .filter(({ scope }) => mayReach(scope, seat, groups))
        .map((grant) => ({ ...grant, scope: onlyOwnPupil(grant.scope, seat) })),
      closings: orders.closings,
      suspensions: suspended.filter(({ hash }) => hash === seat.account).map(({ suspension }) => suspension),
    });
  },
});

/** A lesson as one seat gets it: which other seats were ticked is not its business. */
export function onlyOwnSeat<T extends { seats?: string[] | undefined }>(lesson: T, seat: string): T {
  const { seats, ...rest } = lesson;
  return { ...rest, ...(seats?.includes(seat) ? { seats: [seat] } : {}) } as T;
}

/** Whom else a grant names, by account or seat, is nobody's business who reads this seat's orders. */
const onlyOwnPupil = ({ pupils, seats, ...scope }: Scope, seat: OrderedSeat): Scope => ({
  ...scope,
  ...(pupils ? { pupils: pupils.filter((pupil) => hashAccount(pupil) === seat.account) } : {}),
  ...(seats ? { seats: seats.filter((id) => id === seat.id) } : {}),
});

/**
 * Whether a grant may be for whoever sits there. The device has the last word, so a stage is not judged here: the
 * managed settings and the class list may name two.
 */
function mayReach(scope: Scope, seat: OrderedSeat, groups: readonly string[]): boolean {
  const fits = [
    scope.groups?.some((group) => groups.includes(group)),
    scope.pupils?.some((pupil) => hashAccount(pupil) === seat.account),
    scope.seats?.includes(seat.id),
    scope.stages && true,
  ].filter((one) => one !== undefined);
  return fits.length > 0 && fits.every(Boolean);
}
