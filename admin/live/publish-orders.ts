import { type Log, plainError } from '../log.ts';
import type { SeatOrdersOf } from '../seat-orders.ts';
import type { Sockets } from './sockets.ts';

/**
 * Whoever has changed something that orders say calls this: within the same tick once, whatever the number of calls.
 * The orders of every seat with a socket are looked at, and what is new goes down to it. Resolves when it is sent.
 */
export function createPublishOrders({
  orders,
  sockets,
  log,
}: {
  orders: Pick<SeatOrdersOf, 'forAll'>;
  sockets: Pick<Sockets, 'seats' | 'give'>;
  log: Log;
}): () => Promise<void> {
  let waiting: Promise<void> | undefined;

  async function publish(): Promise<void> {
    const seats = sockets.seats();
    if (seats.length === 0) return;
    await orders
      .forAll(seats, sockets.give)
      .catch((error) => log.error({ error: plainError(error) }, 'orders not published'));
  }
  return () => {
    waiting ??= new Promise<void>((resolve) => {
      setImmediate(() => {
        waiting = undefined;
        void publish().then(resolve);
      });
    });
    return waiting;
  };
}
