import type { Scope } from '../../rules/orders.ts';
import type { OrderedSeat, Speaker } from '../orders-for-seat.ts';
import type { Writing } from '../store/tables.ts';
import { openGrants, orderedGrant } from './store.ts';

/** How far ahead a seat knows of an opening, so that it begins on time without us. */
const AHEAD_MS = 24 * 3_600_000;

/** Openings, to a seat: those whose groups or seats fit. */
export const grantSpeaker = (store: Writing): Speaker => ({
  name: 'grants',
  async read(now) {
    const soon = new Date(now.getTime() + AHEAD_MS).toISOString();
    const open = (await openGrants(store, now)).filter(({ startsAt }) => startsAt <= soon);
    return (seat, groups) => {
      const grants = open.filter(({ scope }) => isFor(scope, seat, groups)).map(orderedGrant);
      return grants.length > 0 ? { grants } : {};
    };
  },
});

/** Everything that a scope names must fit. Pupils are named by seat here, never by account. */
function isFor({ groups, seats }: Scope, seat: OrderedSeat, of: readonly string[]): boolean {
  const fits = [groups?.some((group) => of.includes(group)), seats?.includes(seat.id)].filter(
    (one) => one !== undefined,
  );
  return fits.length > 0 && fits.every(Boolean);
}
