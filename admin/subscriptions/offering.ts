import { CategoryId } from '../../rules/categories.ts';
import { deltaBetween } from '../../rules/lists/delta.ts';
import { type Clash, clashesOf, sitesOf } from '../../rules/lists/exceptions.ts';
import { textOf } from '../../rules/lists/parts.ts';
import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import type { Publisher } from '../publish.ts';
import { writeAudit } from '../store/audit.ts';
import { newestDocument } from '../store/documents.ts';
import {
  addExceptions,
  changeSubscription,
  type Subscription,
  subscriptionOf,
  type Version,
} from '../store/subscriptions.ts';
import { keepText, keptText, linesOf } from './kept.ts';
import type { Offered } from './offered.ts';
import type { ListRead } from './read-list.ts';

type Parts = { publisher: Publisher; listsFolder: string };

export type Offering = ReturnType<typeof createOffering>;

/** What becomes of a version that came: compared, held against the school's sites, put live, or left to a person. */
export function createOffering({ publisher, listsFolder }: Parts) {
  const { store, now } = publisher;
  const audit = (by: string, act: AuditAct, item: string, facts: AuditFacts = {}) =>
    writeAudit(store, [{ at: now(), person: null, by, act, item, facts: { list: item, ...facts } }]);

  async function linesOfVersion(version: Version | null): Promise<string[] | null> {
    if (!version) return null;
    return linesOf(await keptText(listsFolder, version.sha256).catch(() => ''));
  }

  /** Compares a list that was read with the one that is live, and puts it live, lets it wait, or neither. */
  async function offer(subscription: Subscription, found: ListRead, by: string): Promise<Offered> {
    const { id, category } = subscription;
    if (!found.ok) {
      await changeSubscription(store, id, { problem: `${found.code}: ${found.message}` });
      return { ...found, id, category };
    }
    const { counts, format, notes } = found;
    // One text: a line with a slash is an address that says less than a host.
    const names = found.paths.length > 0 ? [...found.names, ...found.paths].sort() : found.names;
    const sha256 = await keepText(listsFolder, textOf(names));
    const rest = { ok: true as const, id, category, hosts: counts.hosts, counts, format, notes };
    const unchanged = { ...rest, added: 0, removed: 0, clashes: [] };
    await changeSubscription(store, id, { problem: null });
    if (subscription.live?.sha256 === sha256) {
      await changeSubscription(store, id, { waiting: null });
      return { ...unchanged, state: 'same' };
    }
    if (subscription.refused === sha256) return { ...unchanged, state: 'refused-before' };
    const before = await linesOfVersion(subscription.live);
    const { added, removed } = deltaBetween(before ?? [], names);
    const version: Version = {
      sha256,
      hosts: counts.hosts,
      paths: counts.paths,
      at: now().toISOString(),
      added: added.length,
      removed: removed.length,
    };
    const clashes = await clashesWith(category, names, before);
    const offered = { ...rest, added: added.length, removed: removed.length, clashes };
    if (before && added.length + removed.length > subscription.mayDiffer * before.length) {
      await changeSubscription(store, id, { waiting: version });
      return { ...offered, state: 'waiting' };
    }
    await putLive(id, version, clashes, by);
    return { ...offered, state: 'live' };
  }

  /** What the list would newly close of the school's approved sites and the built-in ones. */
  async function clashesWith(
    category: string,
    names: readonly string[],
    before: readonly string[] | null,
  ): Promise<Clash[]> {
    if (category === 'illegal') return [];
    const policy = await newestDocument(store, 'policy');
    const sites = sitesOf(policy ? JSON.parse(policy.body) : null);
    return clashesOf(names, CategoryId.parse(category), sites, new Set(before));
  }

  const clashesOfVersion = async ({ category, live }: Subscription, version: Version): Promise<Clash[]> =>
    clashesWith(category, (await linesOfVersion(version)) ?? [], await linesOfVersion(live));

  async function putLive(id: string, version: Version, clashes: readonly Clash[], by: string): Promise<void> {
    const at = now().toISOString();
    await addExceptions(
      store,
      clashes
        .filter(({ excepted }) => excepted)
        .map(({ host, site, from }) => ({ list: id, host, site, from, at, by })),
    );
    await changeSubscription(store, id, { live: version, waiting: null, refused: null });
    const { hosts, added, removed } = version;
    await audit(by, 'list-live', id, { hosts, added, removed });
  }

  return {
    offer,
    async clashesOfWaiting(id: string): Promise<Clash[] | null> {
      const one = await subscriptionOf(store, id);
      return one?.waiting ? clashesOfVersion(one, one.waiting) : null;
    },
    /** A person lets the waiting version in, or keeps it out. Null when nothing waits, or another than was `seen`. */
    async settle(id: string, accepted: boolean, by: string, seen?: string): Promise<Version | null> {
      const one = await subscriptionOf(store, id);
      if (!one?.waiting || (seen !== undefined && one.waiting.sha256 !== seen)) return null;
      if (accepted) await putLive(id, one.waiting, await clashesOfVersion(one, one.waiting), by);
      else {
        await changeSubscription(store, id, { waiting: null, refused: one.waiting.sha256 });
        await audit(by, 'refused-list', id, { hosts: one.waiting.hosts });
      }
      return one.waiting;
    },
  };
}
