import type { Selectable } from 'kysely';
import type { DocumentKind } from '../../rules/document.ts';
import type { Documents } from './tables/documents.ts';
import type { Writing } from './tables.ts';

export type StoredDocument = Selectable<Documents>;

/** The document of a kind that is in force: the newest (epoch, issuedAt). */
export function newestDocument(store: Writing, kind: DocumentKind): Promise<StoredDocument | undefined> {
  return store
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('epoch', 'desc')
    .orderBy('issuedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The highest epoch of any document; 0 before the first. */
export async function highestEpoch(store: Writing): Promise<number> {
  const row = await store
    .selectFrom('documents')
    .select(({ fn }) => fn.max('epoch').as('epoch'))
    .executeTakeFirst();
  return row?.epoch ?? 0;
}

export async function keepDocument(store: Writing, document: Omit<StoredDocument, 'number'>): Promise<void> {
  await store.insertInto('documents').values(document).execute();
}
