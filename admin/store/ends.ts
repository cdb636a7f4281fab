import { sql } from 'kysely';
import type { Items } from './tables/inbox.ts';
import type { Store, Writing } from './tables.ts';

export type Ended = { reports: number; requests: number };

/**
 * Deletes the items of a kind that were received before an instant and that somebody has dealt with, with all their
 * events and mails. Their audit lines keep who did what; the words of the notes go. Answers how many items went.
 */
export async function endOldItems(writing: Writing, kind: Items['kind'], before: string): Promise<number> {
  const old = writing
    .selectFrom('items')
    .select('id')
    .where('kind', '=', kind)
    .where('state', '!=', 'new')
    .where('receivedAt', '<', before);
  await writing.updateTable('audit').set({ note: null }).where('item', 'in', old).execute();
  await writing.deleteFrom('mailItems').where('item', 'in', old).execute();
  await writing.deleteFrom('events').where('item', 'in', old).execute();
  const { numDeletedRows } = await writing
    .deleteFrom('items')
    .where('id', 'in', old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Deletes what was added to reports that never came. */
export async function endStrayEvents(writing: Writing, before: string): Promise<void> {
  await writing
    .deleteFrom('events')
    .where('receivedAt', '<', before)
    .where('item', 'not in', writing.selectFrom('items').select('id'))
    .execute();
}

/** Deletes old mails that speak of nothing any more; one that still waits goes when it speaks of nothing. */
export async function endOldMails(writing: Writing, before: string): Promise<void> {
  await writing
    .deleteFrom('mails')
    .where('madeAt', '<', before)
    .where('state', '!=', 'sending')
    .where('id', 'not in', writing.selectFrom('mailItems').select('mail'))
    .execute();
}

/** How many versions of a document stay readable: enough to see what was in force at the time of a report. */
const WHOLE_DOCUMENTS = { policy: 50, catalogue: 10, orders: 10 } as const;

/**
 * Empties signed documents that have long been replaced. Their line stays: version, digest, tag, when and by whom, so
 * that it can still be shown which document was in force.
 */
export async function emptyOldDocuments(writing: Writing): Promise<void> {
  for (const kind of ['policy', 'catalogue', 'orders'] as const) {
    const kept = writing
      .selectFrom('documents')
      .select('number')
      .where('kind', '=', kind)
      .orderBy('epoch', 'desc')
      .orderBy('issuedAt', 'desc')
      .limit(WHOLE_DOCUMENTS[kind]);
    await writing
      .updateTable('documents')
      .set({ body: '', jws: '' })
      .where('kind', '=', kind)
      .where('body', '!=', '')
      .where('number', 'not in', kept)
      .execute();
  }
}

/** Deletes audit lines, except those of items that are still there. */
export async function endOldAudit(writing: Writing, before: string): Promise<void> {
  await writing
    .deleteFrom('audit')
    .where('at', '<', before)
    .where((eb) =>
      eb.or([eb('item', 'is', null), eb('item', 'not in', writing.selectFrom('items').select('id'))]),
    )
    .execute();
}

/** What was deleted still stands in SQLite's journal until that is written over: empties it, unless somebody reads. */
export async function emptyJournal(store: Store): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(store);
}
