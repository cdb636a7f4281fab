import type { Receipt, ReportsEvent, RequestEvent } from '../../rules/wire.ts';
import { type Change, type Folding, foldItem } from './items.ts';
import { areAkin } from './seats.ts';
import type { Store, Writing } from './tables.ts';

export type DeviceEvent = ReportsEvent | RequestEvent;
export type Arrival = { seat: string; events: DeviceEvent[] };

type Outcome = { receipts: Receipt[]; changes: Change[] };
type Dependencies = Folding & { store: Store };

/**
 * Keeps what devices send. Arrivals that wait at the same moment share one transaction, and with it one flush of the
 * disk; each is answered after the commit, never before (DESIGN §5.5).
 */
export function createKeepEvents(dependencies: Dependencies, changed: (changes: Change[]) => void) {
  type Waiting = {
    arrival: Arrival;
    resolve: (receipts: Receipt[]) => void;
    reject: (error: unknown) => void;
  };
  const waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, 100);
      try {
        settle(
          group,
          await keepTogether(
            dependencies,
            group.map(({ arrival }) => arrival),
          ),
        );
      } catch {
        // One that cannot be kept must not take the others with it.
        for (const one of group)
          await keepTogether(dependencies, [one.arrival]).then(
            (outcome) => settle([one], outcome),
            one.reject,
          );
      }
    }
    running = false;
  }

  function settle(group: Waiting[], outcomes: Outcome[]): void {
    for (const [index, { resolve }] of group.entries()) resolve(outcomes[index]?.receipts ?? []);
    changed(outcomes.flatMap(({ changes }) => changes));
  }

  return (arrival: Arrival): Promise<Receipt[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ arrival, resolve, reject });
      if (!running) void drain();
    });
}
export type KeepEvents = ReturnType<typeof createKeepEvents>;

const keepTogether = (dependencies: Dependencies, arrivals: Arrival[]): Promise<Outcome[]> =>
  dependencies.store.transaction().execute(async (writing) => {
    const outcomes: Outcome[] = [];
    for (const arrival of arrivals) outcomes.push(await keepOne(dependencies, writing, arrival));
    return outcomes;
  });

async function keepOne(dependencies: Dependencies, writing: Writing, arrival: Arrival): Promise<Outcome> {
  const receivedAt = dependencies.now().toISOString();
  const receipts: Receipt[] = [];
  const touched = new Set<string>();
  for (const event of arrival.events) {
    const item = 'report' in event ? event.report : event.id;
    if ('report' in event && !(await mayAddTo(writing, item, arrival.seat))) {
      receipts.push({ id: event.id, status: 'refused', code: 'not-your-report' });
      continue;
    }
    const { numInsertedOrUpdatedRows } = await writing
      .insertInto('events')
      .values({
        id: event.id,
        seat: arrival.seat,
        type: event.type,
        item,
        receivedAt,
        body: JSON.stringify(event),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows) touched.add(item);
    // `stored` also answers the same event again. At `stored` the device erases its copy, so under an id that stands
    // for something else it must not be said.
    const kept = numInsertedOrUpdatedRows || (await isThere(writing, event, item, arrival.seat));
    receipts.push(
      kept ? { id: event.id, status: 'stored' } : { id: event.id, status: 'refused', code: 'id-taken' },
    );
  }
  const changes: Change[] = [];
  for (const item of touched) {
    const change = await foldItem(dependencies, writing, item);
    if (change) changes.push(change);
  }
  return { receipts, changes };
}

/**
 * Whether the row that has this id is this event, from the same: a profile that has another seat since then, because
 * Chrome has told who it is, sends its own again.
 */
async function isThere(writing: Writing, event: DeviceEvent, item: string, seat: string): Promise<boolean> {
  const row = await writing
    .selectFrom('events')
    .select(['seat', 'type', 'item'])
    .where('id', '=', event.id)
    .executeTakeFirst();
  if (row?.type !== event.type || row.item !== item) return false;
  return areAkin(writing, row.seat, seat);
}

/** To a report that has not come yet anybody may add; whether they were akin is asked when it is folded. */
async function mayAddTo(writing: Writing, report: string, seat: string): Promise<boolean> {
  const item = await writing.selectFrom('items').select('seat').where('id', '=', report).executeTakeFirst();
  if (item) return areAkin(writing, item.seat, seat);
  // In the same batch, before any folding.
  const event = await writing.selectFrom('events').select('seat').where('id', '=', report).executeTakeFirst();
  return !event || areAkin(writing, event.seat, seat);
}
