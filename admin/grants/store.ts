import type { Selectable } from 'kysely';
import { z } from 'zod';
import { Grant } from '../../rules/orders.ts';
import { EntryLine } from '../../rules/policy.ts';
import type { Grants } from '../store/tables/openings.ts';
import type { Writing } from '../store/tables.ts';

/** A grant as it is kept. */
export type KeptGrant = Omit<Selectable<Grants>, 'scope' | 'entries' | 'homework'> & {
  scope: Grant['scope'];
  entries: EntryLine[];
  homework: Grant['homework'] | null;
};

const read = (row: Selectable<Grants>): KeptGrant => ({
  ...row,
  scope: Grant.shape.scope.parse(JSON.parse(row.scope)),
  entries: z.array(EntryLine).parse(JSON.parse(row.entries)),
  homework: row.homework === null ? null : Grant.shape.homework.parse(JSON.parse(row.homework)),
});

/** A grant as it is made: nothing has happened to it yet. */
type NewGrant = Omit<KeptGrant, 'endedAt' | 'endedBy' | 'networkClosedAt' | 'networkClosedHost'>;

export async function keepGrant(store: Writing, grant: NewGrant): Promise<void> {
  await store
    .insertInto('grants')
    .values({
      ...grant,
      scope: JSON.stringify(grant.scope),
      entries: JSON.stringify(grant.entries),
      homework: grant.homework ? JSON.stringify(grant.homework) : null,
      endedAt: null,
      endedBy: null,
      networkClosedAt: null,
      networkClosedHost: null,
    })
    .execute();
}

/** Grants that nothing has ended, also those that begin later; the soonest end first. */
export const openGrants = async (store: Writing, now: Date): Promise<KeptGrant[]> =>
  (
    await store
      .selectFrom('grants')
      .selectAll()
      .where('endedAt', 'is', null)
      .where('endsAt', '>', now.toISOString())
      .orderBy('endsAt')
      .orderBy('id')
      .execute()
  ).map(read);

/** Ends a grant before its end. False if it is over already. */
export async function endGrant(store: Writing, id: string, by: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('grants')
    .set({ endedAt: now.toISOString(), endedBy: by })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('endsAt', '>', now.toISOString())
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Grants whose time ran out and that no line of the audit says so yet; they are marked as ended by themselves. */
export async function takeRunOut(store: Writing, now: Date): Promise<KeptGrant[]> {
  const rows = await store
    .updateTable('grants')
    .set((eb) => ({ endedAt: eb.ref('endsAt'), endedBy: 'time' }))
    .where('endedAt', 'is', null)
    .where('endsAt', '<=', now.toISOString())
    .returningAll()
    .execute();
  return rows.map(read);
}

/** A grant as orders hold it. */
export const orderedGrant = ({
  id,
  scope,
  entries,
  reason,
  by,
  startsAt,
  endsAt,
  homework,
}: KeptGrant): Grant => ({
  id,
  scope,
  entries,
  reason,
  by,
  startsAt,
  endsAt,
  ...(homework ? { homework } : {}),
});
