import { type HashedList, isHashed, readHashed } from '../rules/lists/hashed.ts';
import type { Store } from './store.ts';

/** Whether one of these licensed lists names an address as illegal. */
export type IsIllegal = (url: string, lists: readonly { sha256: string }[]) => Promise<boolean>;

/**
 * The lists are hashes: Chrome's rules cannot hold them, so `watch` asks for each page and frame in view, in every
 * stage and whatever the policy says. Without a list it costs nothing; a list is read once.
 */
export function createIllegal(store: Pick<Store, 'list'>): IsIllegal {
  const readBefore = new Map<string, HashedList>();

  async function listOf(sha256: string): Promise<HashedList | null> {
    const before = readBefore.get(sha256);
    if (before) return before;
    const text = await store.list(sha256);
    const list = text === undefined ? null : readHashed(text);
    if (list) readBefore.set(sha256, list);
    return list;
  }

  return async (url, lists) => {
    for (const sha256 of readBefore.keys())
      if (!lists.some((list) => list.sha256 === sha256)) readBefore.delete(sha256);
    for (const { sha256 } of lists) {
      const list = await listOf(sha256);
      if (list && (await isHashed(list, url, (bytes) => crypto.subtle.digest('SHA-256', bytes)))) return true;
    }
    return false;
  };
}
