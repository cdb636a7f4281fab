import { Orders } from '../rules/orders.ts';
import { Policy } from '../rules/policy.ts';
import { checkOrders, type OrdersChecked, StandingOrders } from './orders-check.ts';
import { digestOf, inOneGo, type Publisher, signAndKeep } from './publish.ts';
import { writeAudit } from './store/audit.ts';
import { newestDocument, type StoredDocument } from './store/documents.ts';
import { readStanding, writeStanding } from './store/standing.ts';

const LIFE_MS = 24 * 3_600_000;

const nothing: StandingOrders = { lessons: [], grants: [], closings: [], suspensions: [] };

/**
 * Replaces what is open now, all of it or nothing, and signs it at once. `by` stands in the audit, with counts only.
 * Devices have it at their next fetch, also from an endpoint that runs on the same data meanwhile.
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
  const counts = Object.entries(checked.orders).map(([part, lines]) => `${part} ${lines.length}`);
  await inOneGo(publisher, async (writing) => {
    await writeStanding(writing.store, 'orders', checked.orders);
    await signOrders(writing);
    await writeAudit(writing.store, [
      { at: writing.now(), person: null, by, act: 'set-orders', note: counts.join(', ') },
    ]);
  });
  return checked;
}

/** What is open now, as the school's people set it; times and signature are the endpoint's. */
export const standingOrders = async ({ store }: Publisher): Promise<StandingOrders> =>
  StandingOrders.parse((await readStanding(store, 'orders')) ?? nothing);

/**
 * The orders in force, signed. They are signed anew when their content changed or half of their life is over, so
 * that a device which asks often gets 304, and one that cannot ask for a while still has hours left.
 */
export async function currentOrders(publisher: Publisher): Promise<StoredDocument> {
  return (
    (await ordersStillGood(publisher)) ??
    inOneGo(publisher, async (writing) => (await ordersStillGood(writing)) ?? signOrders(writing))
  );
}

/** Signs what is open now under the next version, whatever was signed before. */
export async function signOrders(publisher: Publisher): Promise<StoredDocument> {
  await signAndKeep(publisher, 'orders', contentOf(await standingOrders(publisher)), 'endpoint', LIFE_MS);
  return (await newestDocument(publisher.store, 'orders')) as StoredDocument;
}

async function ordersStillGood(publisher: Publisher): Promise<StoredDocument | undefined> {
  const last = await newestDocument(publisher.store, 'orders');
  const remainingMs = Date.parse(last?.expiresAt ?? '') - publisher.now().getTime();
  const digest = digestOf(contentOf(await standingOrders(publisher)), publisher.school);
  return last && last.digest === digest && remainingMs >= LIFE_MS / 2 ? last : undefined;
}

const contentOf = (standing: StandingOrders) => ({
  schema: 1,
  mustUnderstand: [],
  kind: Orders.shape.kind.value,
  ...standing,
  // Every seat can read the orders: why a pupil is suspended stays at school.
  suspensions: standing.suspensions.map((suspension) => ({ ...suspension, reason: '' })),
});
