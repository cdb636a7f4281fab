import type { SigningKey } from '../data-folder.ts';
import type { Log } from '../log.ts';
import type { Speaker } from '../orders-for-seat.ts';
import { createSeatOrders } from '../seat-orders.ts';
import type { StoredDocument } from '../store/documents.ts';
import { isKeyOfSeat } from '../store/seats.ts';
import type { Store } from '../store/tables.ts';
import { createPublishOrders } from './publish-orders.ts';
import { createSeatsHere } from './seats-here.ts';
import { createSockets, type LiveTimes } from './sockets.ts';
import { createWatchPublished } from './watch-published.ts';

type Parts = {
  store: Store;
  school: string;
  now: () => Date;
  log: Log;
  speakers: readonly Speaker[];
  signingKey: () => Promise<SigningKey>;
  document: (kind: 'policy' | 'catalogue') => Promise<StoredDocument | undefined>;
  /** A seat came, went, or has other orders in force. */
  seatsChanged: () => void;
  times: Partial<LiveTimes> | undefined;
};

/** How the endpoint reaches seats: their orders, the sockets that these go down, and who is there. */
export function createToSeats({
  store,
  school,
  now,
  log,
  speakers,
  signingKey,
  document,
  seatsChanged,
  times,
}: Parts) {
  const orders = createSeatOrders({ store, school, now, speakers, signingKey });
  const here = createSeatsHere(now, seatsChanged);
  const published = createWatchPublished(document, (what) => sockets.tellAll(what));
  const sockets = createSockets({
    now,
    log,
    isKeyOfSeat: (seat, key) => isKeyOfSeat(store, seat, key),
    ordersFor: orders.for,
    published: published.versions,
    here,
    times,
  });
  return {
    orders,
    here,
    sockets,
    /** Whoever has changed something that a speaker says calls this. */
    publishOrders: createPublishOrders({ orders, sockets, log }),
    /** Tells every seat of a policy or catalogue that is new since the last look. */
    lookPublished: published.look,
  };
}
