import { inOneGo, type Publisher, signAndKeep } from './publish.ts';
import { writeAudit } from './store/audit.ts';
import { highestEpoch, newestDocument } from './store/documents.ts';
import { readStanding, writeStanding } from './store/standing.ts';

export type EpochRaised =
  | { ok: true; epoch: number }
  | { ok: false; code: 'epoch-not-higher'; epoch: number };

/**
 * After a restore: devices may hold newer documents than this database does, so every document is signed anew under
 * the next epoch, which outranks any issue time (DESIGN §5.4). `to` names the epoch where devices have seen a higher
 * one. All documents or none.
 */
export const raiseEpoch = (publisher: Publisher, by: string, to?: number): Promise<EpochRaised> =>
  inOneGo(publisher, async (writing) => {
    const standing = Number((await readStanding(writing.store, 'epoch')) ?? 1);
    const now = Math.max(standing, await highestEpoch(writing.store));
    const epoch = to ?? now + 1;
    if (epoch <= now) return { ok: false, code: 'epoch-not-higher', epoch: now };
    await writeStanding(writing.store, 'epoch', epoch);
    await reissue(writing, by);
    await writeAudit(writing.store, [
      { at: writing.now(), person: null, by, act: 'raised-epoch', facts: { epoch } },
    ]);
    return { ok: true, epoch };
  });

/**
 * Signs every document in force anew, as the publisher signs now, without changing what it says. All or none. Orders
 * are signed by the endpoint that runs, when it sees another epoch or key (`admin/seat-orders.ts`).
 */
export const reissue = (publisher: Publisher, by: string): Promise<void> =>
  inOneGo(publisher, async (writing) => {
    for (const kind of ['policy', 'catalogue'] as const) {
      const last = await newestDocument(writing.store, kind);
      if (last) await signAndKeep(writing, kind, JSON.parse(last.body), by);
    }
  });
