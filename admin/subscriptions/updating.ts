import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Publisher } from '../publish.ts';
import { changeSubscription, type Subscription } from '../store/subscriptions.ts';
import { download } from './download.ts';
import type { Offered } from './offered.ts';
import type { Offering } from './offering.ts';
import type { ReadFor } from './read-for.ts';
import { unpackedIfArchive } from './tar.ts';

type Parts = {
  publisher: Publisher;
  offering: Offering;
  read: ReadFor;
  fetching: typeof fetch;
  signal: AbortSignal;
};

/** Fetches one subscription and offers what came. */
export function createUpdating({ publisher, offering, read, fetching, signal }: Parts) {
  const { store, now } = publisher;

  return async (subscription: Subscription, by: string): Promise<Offered> => {
    const { id, category, url } = subscription;
    const failed = async (code: string, message: string): Promise<Offered> => {
      await changeSubscription(store, id, { problem: `${code}: ${message}` });
      return { ok: false, id, category, code, message };
    };
    if (url === null) return { ok: false, id, category, code: 'by-hand', message: 'is imported by hand' };
    const folder = await mkdtemp(join(tmpdir(), 'keystage-list-'));
    try {
      const file = join(folder, nameIn(url));
      const came = await download({ ...subscription, url }, file, { fetching, signal });
      await changeSubscription(store, id, { checkedAt: now().toISOString() });
      if (!came.ok) return await failed(came.code, came.message);
      const hosts = subscription.live?.hosts ?? 0;
      if (came.state === 'same') {
        await changeSubscription(store, id, { problem: null });
        return { ok: true, id, category, state: 'same', hosts, added: 0, removed: 0, clashes: [] };
      }
      const path = await unpackedIfArchive(file, folder);
      if (!path.ok) return await failed(path.code, path.message);
      const offered = await offering.offer(subscription, await read(path.path, subscription), by);
      // Only what was read to its end is what the server may call unchanged the next time.
      if (offered.ok)
        await changeSubscription(store, id, { etag: came.etag, lastModified: came.lastModified });
      return offered;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

const nameIn = (url: string): string => basename(new URL(url).pathname).replace(/[^\w.-]/g, '') || 'list';

/** An hour early counts: a daily job that runs a little sooner than yesterday must not miss a day. */
export function isDue({ checkedAt, everyHours }: Subscription, now: Date): boolean {
  return checkedAt === null || now.getTime() - Date.parse(checkedAt) >= (everyHours - 1) * 3_600_000;
}
