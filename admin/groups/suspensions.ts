import type { Suspension } from '../../rules/orders.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store, Writing } from '../store/tables.ts';
import type { By } from './keep.ts';

/** The longest time for which access can be withdrawn at once: a person decides again after it. */
const LONGEST_MS = 31 * 24 * 3_600_000;

export type Suspended =
  | { ok: true; id: string }
  | { ok: false; code: 'no-pupil' | 'not-an-end'; problem: string };

/** Withdraws a pupil's access until an end (FIELD I7). Help and sign-in stay open. */
export async function suspend(
  store: Store,
  asked: { id: string; account: string; reason: string; endsAt: string },
  by: By,
  now: Date,
): Promise<Suspended> {
  const account = asked.account.toLowerCase();
  const lasts = Date.parse(asked.endsAt) - now.getTime();
  if (!(lasts > 0)) return { ok: false, code: 'not-an-end', problem: 'the end is over already' };
  if (lasts > LONGEST_MS)
    return { ok: false, code: 'not-an-end', problem: 'the end is more than 31 days away' };
  return store.transaction().execute(async (writing): Promise<Suspended> => {
    const pupil = await writing
      .selectFrom('pupils')
      .select('account')
      .where('account', '=', account)
      .where('leftAt', 'is', null)
      .executeTakeFirst();
    if (!pupil) return { ok: false, code: 'no-pupil', problem: 'there is no pupil of this account' };
    await writing
      .insertInto('suspensions')
      .values({
        id: asked.id,
        account,
        reason: asked.reason,
        by: by.name,
        at: now.toISOString(),
        endsAt: asked.endsAt,
        liftedAt: null,
        liftedBy: null,
      })
      .execute();
    await writeAudit(writing, [
      {
        at: now,
        person: by.person,
        by: by.name,
        act: 'suspended',
        item: asked.id,
        facts: { until: asked.endsAt },
      },
    ]);
    return { ok: true, id: asked.id };
  });
}

/** Gives access back before the end. False if there is no such suspension any more. */
export async function liftSuspension(store: Store, id: string, by: By, now: Date): Promise<boolean> {
  return store.transaction().execute(async (writing) => {
    const { numUpdatedRows } = await writing
      .updateTable('suspensions')
      .set({ liftedAt: now.toISOString(), liftedBy: by.name })
      .where('id', '=', id)
      .where('liftedAt', 'is', null)
      .where('endsAt', '>', now.toISOString())
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await writeAudit(writing, [
      { at: now, person: by.person, by: by.name, act: 'lifted-suspension', item: id },
    ]);
    return true;
  });
}

/** The suspensions that hold now, by account. The reason stays at school: no device is told. */
export async function liveSuspensions(store: Writing, now: Date): Promise<Map<string, Suspension>> {
  const rows = await store
    .selectFrom('suspensions')
    .select(['account', 'endsAt'])
    .where('liftedAt', 'is', null)
    .where('endsAt', '>', now.toISOString())
    .orderBy('endsAt')
    .execute();
  return new Map(rows.map(({ account, endsAt }) => [account, { pupil: account, reason: '', endsAt }]));
}
