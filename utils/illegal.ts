import { type HashedList, isHashed, readHashed } from '../rules/lists/hashed.ts';
import type { Held } from './held.ts';
import type { Store } from './store.ts';

/**
 * Whether a licensed list names an address as illegal. The lists are hashes: Chrome's rules cannot hold them, so
 * `watch` asks for each page in view, in every stage and whatever the policy says.
 */
export function createIllegal(store: Pick<Store, 'list'>, held: () => Promise<Held>) {
  const readBefore = new Map<string, HashedList | null>();

  async function listOf(sha256: string): Promise<HashedList | null> {
    const before = readBefore.get(sha256);
    if (before) return before;
    const text = await store.list(sha256);
    const list = text === undefined ? null : readHashed(text);
    if (list) readBefore.set(sha256, list);
    return list;
  }

  return async (url: string): Promise<boolean> => {
    const named = (await held()).catalogue?.hashed ?? [];
    for (const sha256 of readBefore.keys())
      if (!named.some((list) => list.sha256 === sha256)) readBefore.delete(sha256);
    for (const { sha256 } of named) {
      const list = await listOf(sha256);
      if (list && (await isHashed(list, url, (bytes) => crypto.subtle.digest('SHA-256', bytes)))) return true;
    }
    return false;
  };
}
