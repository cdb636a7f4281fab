import type { ReportsEvent, RequestEvent } from '../../rules/wire.ts';
import type { ItemState } from '../console-wire.ts';
import { type Folded, fold } from '../fold.ts';
import { isMoreUrgent } from '../urgency.ts';
import { writeAudit } from './audit.ts';
import { enqueueMail } from './mails.ts';
import { areAkin } from './seats.ts';
import type { Items } from './tables/inbox.ts';
import type { Writing } from './tables.ts';

/** An item that changed, and whether it was restricted before and is now: decides whose inbox is told. */
export type Change = { item: string; kind: 'report' | 'request'; openBefore: boolean; openNow: boolean };
export type Folding = { now: () => Date; newId: () => string; mailAfterMs: number };

/** Makes an item anew from all its events. An answer whose report has not come yet waits among the events. */
export async function foldItem(
  { now, newId, mailAfterMs }: Folding,
  writing: Writing,
  id: string,
): Promise<Change | undefined> {
  const first = await writing.selectFrom('events').select('seat').where('id', '=', id).executeTakeFirst();
  if (!first) return undefined;
  const { seat } = first;
  const folded = fold(await eventsAkin(writing, id, seat));
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
      {
        at: now(),
        person: null,
        by: 'Keystage',
        act: 'reopen',
        item: id,
        facts: { childAnswered: true },
        note: 'the child added an answer',
      },
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
    kind: folded.kind,
    openBefore: before !== undefined && before.restricted === 0,
    openNow: !folded.restricted,
  };
}

/** The events of an item from those who may add to it: what came before its report could not be asked then. */
async function eventsAkin(
  writing: Writing,
  id: string,
  seat: string,
): Promise<(ReportsEvent | RequestEvent)[]> {
  const rows = await writing
    .selectFrom('events')
    .select(['seat', 'body'])
    .where('item', '=', id)
    .orderBy('number')
    .execute();
  const akin = new Map<string, boolean>();
  for (const row of rows) if (!akin.has(row.seat)) akin.set(row.seat, await areAkin(writing, seat, row.seat));
  return rows.filter((row) => akin.get(row.seat)).map(({ body }) => JSON.parse(body));
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
