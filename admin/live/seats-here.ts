import type { Versions } from '../../rules/wire.ts';

/** A seat that polls is here until it has not asked for longer than it may wait (issue 4: 90 s). */
const POLLS_WITHIN_MS = 100_000;

export type Here = {
  /** By the live channel, or by asking now and then. */
  isHere: boolean;
  heardAt: Date | null;
  /** The orders that are in force there, as it told last. */
  ordersInForce: string | null;
};

/**
 * Which seats are here now, and which orders are in force on each: from their sockets, their questions and their
 * health. In memory: after a start a seat is away until it is heard.
 */
export function createSeatsHere(now: () => Date, onChanged: () => void) {
  type Kept = { sockets: number; heardAt: number | null; ordersInForce: string | null };
  const kept = new Map<string, Kept>();

  const of = (seat: string): Kept => {
    const found = kept.get(seat) ?? { sockets: 0, heardAt: null, ordersInForce: null };
    kept.set(seat, found);
    return found;
  };
  const heard = (seat: string): Kept => {
    const one = of(seat);
    one.heardAt = now().getTime();
    return one;
  };

  return {
    opened(seat: string): void {
      heard(seat).sockets += 1;
      onChanged();
    },
    closed(seat: string): void {
      of(seat).sockets -= 1;
      onChanged();
    },
    /** It asked for its orders, or said a beat. */
    heard(seat: string): void {
      heard(seat);
    },
    told(seat: string, { orders }: Pick<Versions, 'orders'>): void {
      const one = heard(seat);
      if (one.ordersInForce === orders) return;
      one.ordersInForce = orders;
      onChanged();
    },
    at(seat: string): Here {
      const one = kept.get(seat);
      if (!one) return { isHere: false, heardAt: null, ordersInForce: null };
      const { sockets, heardAt, ordersInForce } = one;
      return {
        isHere: sockets > 0 || (heardAt !== null && now().getTime() - heardAt < POLLS_WITHIN_MS),
        heardAt: heardAt === null ? null : new Date(heardAt),
        ordersInForce,
      };
    },
  };
}
export type SeatsHere = ReturnType<typeof createSeatsHere>;
