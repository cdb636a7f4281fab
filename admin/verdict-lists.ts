import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Catalogue } from '../rules/catalogue.ts';
import { CategoryId } from '../rules/categories.ts';
import { type Hosts, hostsFrom, hostsIn } from '../rules/hosts.ts';
import { type Paths, pathsIn } from '../rules/lists/paths.ts';
import type { Standing } from '../rules/standing.ts';
import { budgets } from '../rules/tiers.ts';
import { cleanList } from './catalogue.ts';
import { wholeListPath } from './subscriptions/travelling.ts';

const unzip = promisify(gunzip);

export type ListsRead = {
  lists: Map<CategoryId, Hosts>;
  paths?: Map<CategoryId, Paths>;
  notes: string[];
};

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
  const kept = new Map<string, Promise<{ hosts: Hosts } | { paths: Paths }>>();

  async function textOf(hash: string): Promise<Buffer> {
    const path = await wholeListPath(listsFolder, hash);
    if (!path) throw Object.assign(new Error(`the list ${hash} is not there`), { code: 'no-list' });
    return unzip(await readFile(path));
  }
  function once<T extends { hosts: Hosts } | { paths: Paths }>(hash: string, read: () => Promise<T>) {
    const reading = (kept.get(hash) as Promise<T> | undefined) ?? read();
    kept.set(hash, reading);
    reading.catch(() => kept.delete(hash));
    return reading;
  }
  const wantedOf = (catalogue: Catalogue | null, wanted: readonly CategoryId[]) => {
    const named = catalogue?.lists ?? [];
    const known = new Set(named.flatMap(({ sha256, paths }) => [sha256, ...(paths ? [paths.sha256] : [])]));
    for (const hash of kept.keys()) if (!known.has(hash)) kept.delete(hash);
    return named.filter(({ category }) => wanted.includes(category));
  };
  async function listsOf(
    catalogue: Catalogue | null,
    wanted: readonly CategoryId[],
  ): Promise<Map<CategoryId, Hosts>> {
    const lists = new Map<CategoryId, Hosts>();
    for (const { category, sha256 } of wantedOf(catalogue, wanted)) {
      const { hosts } = await once(sha256, async () => ({ hosts: hostsIn(await textOf(sha256)) }));
      lists.set(category, hosts);
    }
    return lists;
  }
  /** What the same lists say of single pages: of a page the verdict is the same whether Chrome or `watch` closes it. */
  async function pathsOf(
    catalogue: Catalogue | null,
    wanted: readonly CategoryId[],
  ): Promise<Map<CategoryId, Paths>> {
    const lists = new Map<CategoryId, Paths>();
    for (const { category, paths: named } of wantedOf(catalogue, wanted)) {
      if (!named) continue;
      const { paths } = await once(named.sha256, async () => ({
        paths: pathsIn((await textOf(named.sha256)).toString('latin1'), budgets.paths),
      }));
      lists.set(category, paths);
    }
    return lists;
  }
  return Object.assign(listsOf, { paths: pathsOf });
}
