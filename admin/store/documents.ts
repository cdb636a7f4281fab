import type { Selectable } from 'kysely';
import type { DocumentKind } from '../../rules/document.ts';
import type { Documents, Writing } from './tables.ts';

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

export async function keepDocument(store: Writing, document: Omit<StoredDocument, 'number'>): Promise<void> {
  await store.insertInto('documents').values(document).execute();
}
