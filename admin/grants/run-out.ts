import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { takeRunOut } from './store.ts';

/** Writes down which openings have ended by themselves (FIELD U2): call it every minute. Gives how many. */
export async function writeDownRunOut(store: Store, now: Date): Promise<number> {
  return store.transaction().execute(async (writing) => {
    const over = await takeRunOut(writing, now);
    const grants = over.map(({ id }) => id);
    if (grants.length > 0)
      await writing.updateTable('unblocks').set({ state: 'ended' }).where('grant', 'in', grants).execute();
    await writeAudit(
      writing,
      over.map(({ id, kind }) => ({
        at: now,
        person: null,
        by: 'Keystage',
        act: `${kind}-ran-out`,
        item: kind === 'unblock' ? id.replace(/-grant$/, '') : id,
      })),
    );
    return over.length;
  });
}
