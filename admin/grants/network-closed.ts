import { isWithin } from '../../rules/address.ts';
import { parseEntry } from '../../rules/entry.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { type KeptGrant, openGrants } from './store.ts';
import { whatOpenedIt } from './what-opened-it.ts';
import type { NetworkClosedHere } from './wire.ts';

export type HearNetworkClosed = (seat: string, grant: string, host: string) => Promise<boolean>;

/**
 * A seat found that the school's network filter closes what we opened for it (FIELD U1): kept with the grant, for
 * whoever opened it to see, and once in the audit. False where no grant that is open now has such a host.
 */
export function createHearNetworkClosed(parts: { store: Store; now: () => Date }): HearNetworkClosed {
  const { store, now } = parts;
  return async (seat, id, host) => {
    const grant = (await openGrants(store, now())).find((one) => one.id === id);
    if (!grant?.entries.some(({ entry }) => isOf(entry, host))) return false;
    await store
      .updateTable('grants')
      .set({ networkClosedAt: now().toISOString(), networkClosedHost: host })
      .where('id', '=', id)
      .execute();
    if (grant.networkClosedAt === null)
      await writeAudit(store, [
        {
          at: now(),
          person: null,
          by: `seat ${seat.slice(0, 8)}`,
          act: 'network-closed',
          item: whatOpenedIt(grant),
          facts: { host, ...(grant.scope.groups ? { classes: grant.scope.groups } : {}) },
        },
      ]);
    return true;
  };
}

/** What a grant says of it, as the console shows it; null where no seat has found it closed. */
export const networkClosedOf = ({
  networkClosedAt: at,
  networkClosedHost: host,
}: Pick<KeptGrant, 'networkClosedAt' | 'networkClosedHost'>): NetworkClosedHere | null =>
  at !== null && host !== null ? { at, host } : null;

/** Whether a host is one that this entry opens. */
const isOf = (entry: string, host: string): boolean => {
  const read = parseEntry(entry);
  return read.ok && (host === read.entry.host || (read.entry.below && isWithin(host, read.entry.host)));
};
