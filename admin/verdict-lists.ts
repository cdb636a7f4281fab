import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Catalogue } from '../rules/catalogue.ts';
import { CategoryId } from '../rules/categories.ts';
import { type Hosts, hostsFrom, hostsIn } from '../rules/hosts.ts';
import type { Standing } from '../rules/standing.ts';
import { cleanList } from './catalogue.ts';
import { wholeList } from './subscriptions/travelling.ts';

const unzip = promisify(gunzip);

export type ListsRead = { lists: Map<CategoryId, Hosts>; notes: string[] };

/** The categories whose lists can decide anything here: no other list is read. */
export const categoriesAsked = (standing: Standing): CategoryId[] => [
  ...new Set([...standing.lockedCategories, ...standing.closedAlways, ...standing.closedAlone]),
];

/** Reads `<category>.txt` files, as `admin/lists` holds them. Throws what the file system throws. */
export async function readListFolder(folder: string, wanted: readonly CategoryId[]): Promise<ListsRead> {
  const lists = new Map<CategoryId, Hosts>();
  const notes: string[] = [];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  for (const file of files) {
    const category = CategoryId.safeParse(file.slice(0, -'.txt'.length));
    if (!category.success) {
      notes.push(`${file} is no category’s list, and left out`);
      continue;
    }
    if (!wanted.includes(category.data)) continue;
    const { hosts, refused } = cleanList(await readFile(join(folder, file), 'utf8'));
    if (refused.length > 0) notes.push(`${file}: ${refused.length} lines are no hosts, and left out`);
    lists.set(category.data, hostsFrom(hosts));
  }
  return { lists, notes };
}

/**
 * The lists of a catalogue, as devices get them. What was read stays in memory under its hash, and goes when the
 * catalogue no longer names it.
 */
export function createCatalogueLists(listsFolder: string) {
  const kept = new Map<string, Promise<Hosts>>();

  async function readOne(hash: string): Promise<Hosts> {
    const packed = await wholeList(listsFolder, hash);
    if (!packed) throw Object.assign(new Error(`the list ${hash} is not there`), { code: 'no-list' });
    return hostsIn(await unzip(packed));
  }
  return async (
    catalogue: Catalogue | null,
    wanted: readonly CategoryId[],
  ): Promise<Map<CategoryId, Hosts>> => {
    const named = catalogue?.lists ?? [];
    for (const hash of kept.keys()) if (!named.some(({ sha256 }) => sha256 === hash)) kept.delete(hash);
    const lists = new Map<CategoryId, Hosts>();
    for (const { category, sha256 } of named) {
      if (!wanted.includes(category)) continue;
      const reading = kept.get(sha256) ?? readOne(sha256);
      kept.set(sha256, reading);
      reading.catch(() => kept.delete(sha256));
      lists.set(category, await reading);
    }
    return lists;
  };
}
