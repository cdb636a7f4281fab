import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readList } from '../../../admin/subscriptions/read-list.ts';
import { CategoryId } from '../../../rules/categories.ts';

/** What the files of the shared lists mean here, where their name is not a category's. */
const meant: Record<string, CategoryId> = {
  'filehosting-torrents': 'file-sharing',
  'malware-phishing': 'malware',
  'proxy-bypass': 'proxies',
  'violence-hate': 'hate',
};

/** The real lists, each under its category, cleaned as an import cleans them. */
export async function realLists(folder: string): Promise<Map<CategoryId, string[]>> {
  const lists = new Map<CategoryId, string[]>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort()) {
    const read = await readList(join(folder, file), 'auto');
    if (!read.ok) throw new Error(`${file}: ${read.code}`);
    lists.set(categoryOf(file), read.names);
  }
  return lists;
}

export function categoryOf(file: string): CategoryId {
  const name = file.replace(/\.txt$/, '');
  return meant[name] ?? CategoryId.parse(name);
}
