import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ListExceptions, Subscriptions } from './tables/lists.ts';
import type { Writing } from './tables.ts';

/** One version of a subscribed list: the hash of its cleaned text, as it came. */
export const Version = z.object({
  sha256: z.string(),
  hosts: z.number(),
  /** Addresses that say less than a host. */
  paths: z.number().default(0),
  at: z.string(),
  /** Against the version that was live; all of it the first time. */
  added: z.number(),
  removed: z.number(),
});
export type Version = z.infer<typeof Version>;

export type Subscription = Omit<Selectable<Subscriptions>, 'live' | 'waiting'> & {
  live: Version | null;
  waiting: Version | null;
};

const read = (row: Selectable<Subscriptions>): Subscription => ({
  ...row,
  live: row.live === null ? null : Version.parse(JSON.parse(row.live)),
  waiting: row.waiting === null ? null : Version.parse(JSON.parse(row.waiting)),
});

export async function allSubscriptions(store: Writing): Promise<Subscription[]> {
  return (await store.selectFrom('subscriptions').selectAll().orderBy('id').execute()).map(read);
}

export async function subscriptionOf(store: Writing, id: string): Promise<Subscription | undefined> {
  const row = await store.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

export async function addSubscription(
  store: Writing,
  row: Pick<
    Subscription,
    'id' | 'category' | 'format' | 'url' | 'everyHours' | 'mayDiffer' | 'addedAt' | 'addedBy'
  >,
): Promise<void> {
  const empty = {
    etag: null,
    lastModified: null,
    checkedAt: null,
    problem: null,
    live: null,
    waiting: null,
    refused: null,
  };
  await store
    .insertInto('subscriptions')
    .values({ ...row, ...empty })
    .execute();
}

export async function changeSubscription(
  store: Writing,
  id: string,
  changes: Partial<Omit<Subscription, 'id'>>,
): Promise<void> {
  const { live, waiting, ...rest } = changes;
  await store
    .updateTable('subscriptions')
    .set({
      ...rest,
      ...(live === undefined ? {} : { live: live && JSON.stringify(live) }),
      ...(waiting === undefined ? {} : { waiting: waiting && JSON.stringify(waiting) }),
    })
    .where('id', '=', id)
    .execute();
}

export async function removeSubscription(store: Writing, id: string): Promise<void> {
  await store.deleteFrom('subscriptions').where('id', '=', id).execute();
}

/** What is left out of a list, and what somebody closed again. */
export const exceptionsOf = (store: Writing, list: string): Promise<Selectable<ListExceptions>[]> =>
  store.selectFrom('listExceptions').selectAll().where('list', '=', list).orderBy('host').execute();

/** Records new exceptions; one that a person revoked stays revoked. */
export async function addExceptions(
  store: Writing,
  rows: Omit<ListExceptions, 'revokedAt' | 'revokedBy'>[],
): Promise<void> {
  for (const row of rows)
    await store
      .insertInto('listExceptions')
      .values({ ...row, revokedAt: null, revokedBy: null })
      .onConflict((conflict) => conflict.columns(['list', 'host']).doNothing())
      .execute();
}

/** Closes a name again (`revoked`), or leaves it out again. False when there is no such exception. */
export async function revokeException(
  store: Writing,
  list: string,
  host: string,
  revoked: { at: string; by: string } | null,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('listExceptions')
    .set({ revokedAt: revoked?.at ?? null, revokedBy: revoked?.by ?? null })
    .where('list', '=', list)
    .where('host', '=', host)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A version that devices may hold from now on. */
export async function noteVersion(store: Writing, of: string, sha256: string, at: string): Promise<void> {
  await store
    .insertInto('listVersions')
    .values({ of, sha256, at })
    .onConflict((conflict) => conflict.columns(['of', 'sha256']).doUpdateSet({ at }))
    .execute();
}

/** The versions of one list, or of all, newest first. */
export async function versionsOf(store: Writing, of?: string): Promise<string[]> {
  const all = store.selectFrom('listVersions').select('sha256').orderBy('at', 'desc');
  const rows = await (of === undefined ? all : all.where('of', '=', of)).execute();
  return rows.map(({ sha256 }) => sha256);
}

/** Versions older than this are nobody's any more. */
export async function forgetVersions(store: Writing, before: string, but: readonly string[]): Promise<void> {
  const old = store.deleteFrom('listVersions').where('at', '<', before);
  await (but.length > 0 ? old.where('sha256', 'not in', but) : old).execute();
}
