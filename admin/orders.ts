import { Orders } from '../rules/orders.ts';
import { digestOf, type Publisher, signAndKeep } from './publish.ts';
import { newestDocument, type StoredDocument } from './store/documents.ts';
import { readStanding, writeStanding } from './store/standing.ts';

const LIFE_MS = 24 * 3_600_000;

/** What is open now, as the school's people set it; times and signature are the endpoint's. */
export const StandingOrders = Orders.pick({ lessons: true, grants: true, closings: true, suspensions: true });
export type StandingOrders = ReturnType<typeof StandingOrders.parse>;

const nothing: StandingOrders = { lessons: [], grants: [], closings: [], suspensions: [] };

/** Replaces what is open now. Devices have it at their next fetch. */
export const setOrders = (publisher: Publisher, orders: StandingOrders): Promise<void> =>
  writeStanding(publisher.store, 'orders', StandingOrders.parse(orders));

/**
 * The orders in force, signed. They are signed anew when their content changed or half of their life is over, so
 * that a device which asks often gets 304, and one that cannot ask for a while still has hours left.
 */
export async function currentOrders(publisher: Publisher): Promise<StoredDocument> {
  const { store, now } = publisher;
  const standing = StandingOrders.parse((await readStanding(store, 'orders')) ?? nothing);
  const content = { schema: 1, mustUnderstand: [], kind: 'orders' as const, ...standing };
  const last = await newestDocument(store, 'orders');
  const remainingMs = Date.parse(last?.expiresAt ?? '') - now().getTime();
  if (last && last.digest === digestOf(content) && remainingMs >= LIFE_MS / 2) return last;
  await signAndKeep(publisher, 'orders', content, 'endpoint', LIFE_MS);
  return (await newestDocument(store, 'orders')) as StoredDocument;
}
