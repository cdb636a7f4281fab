import type { Receipt, ReportsEvent, RequestEvent } from '../../rules/wire.ts';
import type { ItemState } from '../console-wire.ts';
import { type Folded, fold } from '../fold.ts';
import { isMoreUrgent } from '../urgency.ts';
import { writeAudit } from './audit.ts';
import { enqueueMail } from './mails.ts';
import type { Items, Store, Writing } from './tables.ts';

export type DeviceEvent = ReportsEvent | RequestEvent;
export type Arrival = { seat: string; events: DeviceEvent[] };
/** An item that changed, and whether it was restricted before and is now: decides whose inbox is told. */
export type Change = { item: string; openBefore: boolean; openNow: boolean };

type Outcome = { receipts: Receipt[]; changes: Change[] };
type Dependencies = { store: Store; now: () => Date; newId: () => string; mailAfterMs: number };

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
  const touched = new Set<string>();
  for (const event of arrival.events) {
    const item = 'report' in event ? event.report : event.id;
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
  }
  const changes: Change[] = [];
  for (const item of touched) {
    const change = await refold(dependencies, writing, item, arrival.seat);
    if (change) changes.push(change);
  }
  // `stored` also answers an id that was there already: the same answer, and still one row.
  return { receipts: arrival.events.map(({ id }) => ({ id, status: 'stored' })), changes };
}

/** Makes an item anew from all its events. An answer whose report has not come yet waits among the events. */
async function refold(
  { now, newId, mailAfterMs }: Dependencies,
  writing: Writing,
  id: string,
  seat: string,
): Promise<Change | undefined> {
  const rows = await writing
    .selectFrom('events')
    .select('body')
    .where('item', '=', id)
    .orderBy('number')
    .execute();
  const folded = fold(rows.map(({ body }) => JSON.parse(body) as DeviceEvent));
  if (!folded) return undefined;
  const before = await writing.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirst();
  const moreUrgent = before !== undefined && isMoreUrgent(folded.urgency, before.urgency);
  const nowRestricted = folded.restricted && before?.restricted !== 1;
  const reopened = before !== undefined && before.state !== 'new' && (moreUrgent || nowRestricted);
  const state = before && !reopened ? before.state : 'new';

  if (before) await writing.updateTable('items').set(columnsOf(folded, state)).where('id', '=', id).execute();
  else
    await writing
      .insertInto('items')
      .values({ id, seat, receivedAt: await nextReceivedAt(writing, now()), ...columnsOf(folded, state) })
      .execute();

  if (reopened)
    await writeAudit(writing, [
      { at: now(), person: null, by: 'Keystage', act: 'reopen', item: id, note: 'the child added an answer' },
    ]);
  if (folded.kind === 'report' && (!before || moreUrgent || nowRestricted))
    await enqueueMail(writing, {
      id: newId(),
      item: id,
      urgency: folded.urgency,
      restricted: folded.restricted,
      at: now(),
      // An ordinary mail waits a moment for the child's answer, which may say who must not get one.
      afterMs: folded.urgency === 'ordinary' ? mailAfterMs : 0,
    });
  return {
    item: id,
    openBefore: before !== undefined && before.restricted === 0,
    openNow: !folded.restricted,
  };
}

const columnsOf = (folded: Folded, state: ItemState): Omit<Items, 'id' | 'seat' | 'receivedAt'> => ({
  ...folded,
  answers: JSON.stringify(folded.answers),
  restricted: folded.restricted ? 1 : 0,
  returned: folded.returned ? 1 : 0,
  state,
});

/** Strictly rising, so that the inbox can be paged by it and no two items share a place. */
async function nextReceivedAt(writing: Writing, now: Date): Promise<string> {
  const last = await writing
    .selectFrom('items')
    .select(({ fn }) => fn.max('receivedAt').as('at'))
    .executeTakeFirst();
  const after = last?.at ? Date.parse(last.at) + 1 : 0;
  return new Date(Math.max(now.getTime(), after)).toISOString();
}
