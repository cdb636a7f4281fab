import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CategoryId } from '../../rules/categories.ts';
import type { Counts } from '../../rules/lists/counts.ts';
import { deltaBetween } from '../../rules/lists/delta.ts';
import { type Clash, clashesOf, sitesOf } from '../../rules/lists/exceptions.ts';
import type { Format } from '../../rules/lists/formats.ts';
import { textOf } from '../../rules/lists/parts.ts';
import type { Publisher } from '../publish.ts';
import { writeAudit } from '../store/audit.ts';
import { newestDocument } from '../store/documents.ts';
import {
  addExceptions,
  addSubscription,
  allSubscriptions,
  changeSubscription,
  exceptionsOf,
  removeSubscription,
  revokeException,
  type Subscription,
  subscriptionOf,
  type Version,
} from '../store/subscriptions.ts';
import { download } from './download.ts';
import { keepText, keptText, linesOf } from './kept.ts';
import { listsAt } from './lists-at.ts';
import { readIllegal } from './read-illegal.ts';
import { type ListRead, type ListRefused, readList } from './read-list.ts';
import { unpackedIfArchive } from './tar.ts';

/** What became of a list that was read. */
export type Offered =
  | {
      ok: true;
      id: string;
      category: string;
      /** `same`: nothing to do. `waiting`: a person decides. `refused-before`: a person has. `counted`: not kept. */
      state: 'live' | 'same' | 'waiting' | 'refused-before' | 'counted';
      hosts: number;
      added: number;
      removed: number;
      /** What it would close of the sites that the school needs, and what is left out of it for them. */
      clashes: Clash[];
      format?: string;
      counts?: Counts;
      notes?: string[];
    }
  | (ListRefused & { id: string; category: string })
  | { ok: false; id: string; category: string; code: string; message: string; counts?: Counts };

export type Asked = {
  path: string;
  format: Format;
  category?: CategoryId | undefined;
  id?: string | undefined;
  mayDiffer?: number | undefined;
  by: string;
};

/** By a fifth a list does not change in a day, unless somebody at the other end made a mistake. */
export const MAY_DIFFER = 0.2;

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
  const audit = (by: string, act: string, item: string, note?: string) =>
    writeAudit(store, [{ at: now(), person: null, by, act, item, ...(note ? { note } : {}) }]);

  async function linesOfVersion(version: Version | null): Promise<string[] | null> {
    if (!version) return null;
    return linesOf(await keptText(listsFolder, version.sha256).catch(() => ''));
  }

  async function read(
    path: string,
    subscription: Pick<Subscription, 'category' | 'live' | 'format'>,
    progress?: (lines: number) => void,
  ): Promise<ListRead> {
    if (subscription.category !== 'illegal') return readList(path, subscription.format as Format, progress);
    const { live } = subscription;
    return readIllegal(path, live && (await keptText(listsFolder, live.sha256).catch(() => null)));
  }

  /** Compares a list that was read with the one that is live, and puts it live, lets it wait, or neither. */
  async function offer(subscription: Subscription, found: ListRead, by: string): Promise<Offered> {
    const { id, category } = subscription;
    if (!found.ok) {
      await changeSubscription(store, id, { problem: `${found.code}: ${found.message}` });
      return { ...found, id, category };
    }
    const { names, counts, format, notes } = found;
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

  async function putLive(id: string, version: Version, clashes: readonly Clash[], by: string): Promise<void> {
    const at = now().toISOString();
    await addExceptions(
      store,
      clashes
        .filter(({ excepted }) => excepted)
        .map(({ host, site, from }) => ({ list: id, host, site, from, at, by })),
    );
    await changeSubscription(store, id, { live: version, waiting: null, refused: null });
    await audit(by, 'list-live', id, `${version.hosts} names, +${version.added} −${version.removed}`);
  }

  async function subscriptionFor(asked: Asked & { id: string; category: CategoryId }) {
    const known = await subscriptionOf(store, asked.id);
    if (known) return known;
    await addSubscription(store, {
      id: asked.id,
      category: asked.category,
      format: asked.format,
      url: null,
      everyHours: 24,
      mayDiffer: asked.mayDiffer ?? MAY_DIFFER,
      addedAt: now().toISOString(),
      addedBy: asked.by,
    });
    return (await subscriptionOf(store, asked.id)) as Subscription;
  }

  async function importOne(
    asked: Asked & { id: string; category: CategoryId },
    progress?: (lines: number) => void,
  ): Promise<Offered> {
    const { id, category, path, format, by } = asked;
    const known = await subscriptionOf(store, id);
    if (known && known.category !== category)
      return {
        ok: false,
        id,
        category,
        code: 'other-category',
        message: `the list "${id}" belongs to "${known.category}": name another with --id`,
      };
    const found = await read(path, { category, live: known?.live ?? null, format }, progress);
    // A file that is no list leaves nothing behind.
    if (!found.ok && !known) return { ...found, id, category };
    return offer(await subscriptionFor(asked), found, by);
  }

  /** Fetches one subscription and offers what came. */
  async function update(subscription: Subscription, by: string): Promise<Offered> {
    const { id, category, url } = subscription;
    const failed = async (code: string, message: string): Promise<Offered> => {
      await changeSubscription(store, id, { problem: `${code}: ${message}` });
      return { ok: false, id, category, code, message };
    };
    if (url === null) return { ok: false, id, category, code: 'by-hand', message: 'is imported by hand' };
    const folder = await mkdtemp(join(tmpdir(), 'keystage-list-'));
    try {
      const file = join(folder, nameIn(url));
      const came = await download({ ...subscription, url }, file, { fetching, signal: stopping.signal });
      await changeSubscription(store, id, { checkedAt: now().toISOString() });
      if (!came.ok) return await failed(came.code, came.message);
      const hosts = subscription.live?.hosts ?? 0;
      if (came.state === 'same') {
        await changeSubscription(store, id, { problem: null });
        return { ok: true, id, category, state: 'same', hosts, added: 0, removed: 0, clashes: [] };
      }
      const path = await unpackedIfArchive(file, folder);
      if (!path.ok) return await failed(path.code, path.message);
      const offered = await offer(subscription, await read(path.path, subscription), by);
      // Only what was read to its end is what the server may call unchanged the next time.
      if (offered.ok)
        await changeSubscription(store, id, { etag: came.etag, lastModified: came.lastModified });
      return offered;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    /**
     * Imports by hand: one list, or every category of a UT1 tree that means one of ours. Nothing live is replaced by
     * what is no list, or differs by more than a person said it may.
     */
    async importPath(
      asked: Asked,
      progress: (what: string, lines: number) => void = () => {},
    ): Promise<Offered[]> {
      const folder = await mkdtemp(join(tmpdir(), 'keystage-list-'));
      try {
        const path = await unpackedIfArchive(asked.path, folder);
        if (!path.ok)
          return [{ ...path, id: asked.id ?? basename(asked.path), category: asked.category ?? '' }];
        const offered: Offered[] = [];
        for (const one of await listsAt({ ...asked, path: path.path }, asked.path))
          offered.push('ok' in one ? one : await importOne(one, (lines) => progress(one.id, lines)));
        if (offered.some((one) => one.ok && one.state === 'live')) await publish();
        return offered;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
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
      await audit(by, 'subscribed-list', id, asked.url);
      const offered = await update((await subscriptionOf(store, id)) as Subscription, by);
      if (offered.ok && offered.state === 'live') await publish();
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
      if (offered.some((one) => one.ok && one.state === 'live')) await publish();
      return offered;
    },
    /** A person lets the waiting version in, or keeps it out. Null when nothing waits. */
    async settle(id: string, accepted: boolean, by: string): Promise<Version | null> {
      const one = await subscriptionOf(store, id);
      if (!one?.waiting) return null;
      if (accepted) {
        const names = (await linesOfVersion(one.waiting)) ?? [];
        const clashes = await clashesWith(one.category, names, await linesOfVersion(one.live));
        await putLive(id, one.waiting, clashes, by);
        await publish();
      } else {
        await changeSubscription(store, id, { waiting: null, refused: one.waiting.sha256 });
        await audit(by, 'refused-list', id, `${one.waiting.hosts} names`);
      }
      return one.waiting;
    },
    /** Closes an excepted name again, or leaves it out again. False when it is no exception of this list. */
    async revoke(id: string, host: string, revoked: boolean, by: string): Promise<boolean> {
      const found = await revokeException(store, id, host, revoked ? { at: now().toISOString(), by } : null);
      if (!found) return false;
      await audit(by, revoked ? 'revoked-list-exception' : 'restored-list-exception', id, host);
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
    all: () => allSubscriptions(store),
    exceptions: (id: string) => exceptionsOf(store, id),
    /** Ends downloads that are under way. */
    stop: () => stopping.abort(),
  };
}

const nameIn = (url: string): string => basename(new URL(url).pathname).replace(/[^\w.-]/g, '') || 'list';

/** An hour early counts: a daily job that runs a little sooner than yesterday must not miss a day. */
function isDue({ checkedAt, everyHours }: Subscription, now: Date): boolean {
  return checkedAt === null || now.getTime() - Date.parse(checkedAt) >= (everyHours - 1) * 3_600_000;
}
