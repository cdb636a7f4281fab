import type { CategoryId } from '../../rules/categories.ts';
import type { Format } from '../../rules/lists/formats.ts';
import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import type { Publisher } from '../publish.ts';
import { writeAudit } from '../store/audit.ts';
import {
  addSubscription,
  allSubscriptions,
  exceptionsOf,
  removeSubscription,
  revokeException,
  type Subscription,
  subscriptionOf,
  type Version,
} from '../store/subscriptions.ts';
import { createImporting } from './importing.ts';
import type { Asked, Offered } from './offered.ts';
import { createOffering } from './offering.ts';
import { createReadFor } from './read-for.ts';
import { createUpdating, isDue } from './updating.ts';

export type Lists = ReturnType<typeof createSubscriptions>;

type Parts = {
  publisher: Publisher;
  listsFolder: string;
  fetching: typeof fetch;
  /** Makes and signs the catalogue again. */
  publish: () => Promise<unknown>;
};

/** The lists that the school takes from elsewhere: read, compared, held against its sites, put live by this alone. */
export function createSubscriptions({ publisher, listsFolder, fetching, publish }: Parts) {
  const { store, now } = publisher;
  const stopping = new AbortController();
  const offering = createOffering({ publisher, listsFolder });
  const read = createReadFor(listsFolder);
  const importAt = createImporting({ publisher, offering, read });
  const update = createUpdating({ publisher, offering, read, fetching, signal: stopping.signal });
  const audit = (by: string, act: AuditAct, item: string, facts: AuditFacts = {}) =>
    writeAudit(store, [{ at: now(), person: null, by, act, item, facts: { list: item, ...facts } }]);
  const publishIfLive = async (offered: readonly Offered[]) => {
    if (offered.some((one) => one.ok && one.state === 'live')) await publish();
  };

  return {
    async importPath(asked: Asked, progress?: (what: string, lines: number) => void): Promise<Offered[]> {
      const offered = await importAt(asked, progress);
      await publishIfLive(offered);
      return offered;
    },
    async subscribe(asked: {
      id: string;
      url: string;
      category: CategoryId;
      format: Format;
      everyHours: number;
      mayDiffer: number;
      by: string;
    }): Promise<Offered> {
      const { id, category, by, ...rest } = asked;
      if (await subscriptionOf(store, id))
        return { ok: false, id, category, code: 'known-already', message: 'is a list of that name already' };
      await addSubscription(store, { id, category, ...rest, addedAt: now().toISOString(), addedBy: by });
      await audit(by, 'subscribed-list', id, { host: new URL(asked.url).host });
      const offered = await update((await subscriptionOf(store, id)) as Subscription, by);
      await publishIfLive([offered]);
      return offered;
    },
    /** Updates those that are due, or one, or all. */
    async update(which: 'due' | 'all' | { id: string }, by: string): Promise<Offered[]> {
      const all = (await allSubscriptions(store)).filter(({ url }) => url !== null);
      const wanted = all.filter((one) =>
        typeof which === 'object' ? one.id === which.id : which === 'all' || isDue(one, now()),
      );
      const offered: Offered[] = [];
      for (const one of wanted) if (!stopping.signal.aborted) offered.push(await update(one, by));
      await publishIfLive(offered);
      return offered;
    },
    /** A person lets the waiting version in, or keeps it out. Null when nothing waits, or not the version they saw. */
    async settle(id: string, accepted: boolean, by: string, seen?: string): Promise<Version | null> {
      const settled = await offering.settle(id, accepted, by, seen);
      if (settled && accepted) await publish();
      return settled;
    },
    /** Closes an excepted name again, or leaves it out again. False when it is no exception of this list. */
    async revoke(id: string, host: string, revoked: boolean, by: string): Promise<boolean> {
      const found = await revokeException(store, id, host, revoked ? { at: now().toISOString(), by } : null);
      if (!found) return false;
      await audit(by, revoked ? 'revoked-list-exception' : 'restored-list-exception', id, { host });
      await publish();
      return true;
    },
    async remove(id: string, by: string): Promise<boolean> {
      if (!(await subscriptionOf(store, id))) return false;
      await removeSubscription(store, id);
      await audit(by, 'removed-list', id);
      await publish();
      return true;
    },
    /** What the waiting version would newly close of the school's sites; null when nothing waits. */
    clashesOfWaiting: offering.clashesOfWaiting,
    all: () => allSubscriptions(store),
    exceptions: (id: string) => exceptionsOf(store, id),
    /** Ends downloads that are under way. */
    stop: () => stopping.abort(),
  };
}
