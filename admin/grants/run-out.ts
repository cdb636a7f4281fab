import type { AuditFacts } from '../audit-acts.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { type KeptGrant, takeRunOut } from './store.ts';
import { whatOpenedIt } from './what-opened-it.ts';

/** What a pupil asked for stands on the request; the rest staff chose. */
const factsOf = (
  kind: KeptGrant['kind'],
  classes: readonly string[] = [],
  entries: KeptGrant['entries'],
): AuditFacts => ({
  ...(classes.length > 0 ? { classes: [...classes] } : {}),
  ...(kind === 'unblock' && entries.length > 0 ? { sites: entries.map(({ entry }) => entry) } : {}),
});

/** Writes down which openings have ended by themselves (FIELD U2): call it every minute. Gives how many. */
export async function writeDownRunOut(store: Store, now: Date): Promise<number> {
  return store.transaction().execute(async (writing) => {
    const over = await takeRunOut(writing, now);
    const grants = over.map(({ id }) => id);
    if (grants.length > 0)
      await writing.updateTable('unblocks').set({ state: 'ended' }).where('grant', 'in', grants).execute();
    await writeAudit(
      writing,
      over.map(({ id, kind, scope, entries }) => ({
        at: now,
        person: null,
        by: 'Keystage',
        act: `${kind}-ran-out`,
        facts: factsOf(kind, scope.groups, entries),
        item: whatOpenedIt({ kind, id }),
      })),
    );
    return over.length;
  });
}
