import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../rules/catalogue.ts';
import { CategoryId } from '../rules/categories.ts';
import { hostIn } from '../rules/lists/host.ts';
import { digestOf, type Publisher, signAndKeep } from './publish.ts';
import { newestDocument } from './store/documents.ts';
import { allSubscriptions } from './store/subscriptions.ts';
import { forgetOldVersions, hashedLists, mergeCategory } from './subscriptions/merge.ts';

/**
 * Cleans the text of a hand-written list: one host a line, lower case, sorted, each once; `#` begins a comment. A line
 * that is not a host is left out and named in `refused`: one bad line never loses the list.
 */
export function cleanList(text: string): { hosts: string[]; refused: { line: number; text: string }[] } {
  const hosts = new Set<string>();
  const refused: { line: number; text: string }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (!line) continue;
    const host = hostIn(line);
    if (host.includes('.')) hosts.add(host);
    else refused.push({ line: index + 1, text: line.slice(0, 80) });
  }
  return { hosts: [...hosts].sort(), refused };
}

/**
 * Makes the catalogue: for each category one list, of the hand-written hosts in `sources` (`<category>.txt`) and of
 * every subscription that is live. Lists lie under their hash in `listsFolder`; the catalogue is signed anew if
 * anything in it changed. Files of unknown categories are named.
 */
export async function publishCatalogue(
  publisher: Publisher,
  folders: { sources: string; listsFolder: string },
): Promise<{ changed: boolean; refused: { file: string; line: number; text: string }[]; unknown: string[] }> {
  const { store, now } = publisher;
  const place = { store, listsFolder: folders.listsFolder, now };
  await mkdir(folders.listsFolder, { recursive: true });
  const { handWritten, refused, unknown } = await readSources(folders.sources);
  const subscribed = (await allSubscriptions(store)).filter(({ live }) => live !== null);
  const listed = [...handWritten.keys(), ...subscribed.map(({ category }) => category)];
  const lists: Catalogue['lists'] = [];
  for (const category of CategoryId.options)
    if (category !== 'illegal' && listed.includes(category))
      lists.push({ category, ...(await mergeCategory(place, category, handWritten.get(category) ?? [])) });
  const hashed = await hashedLists(place);
  const content = {
    schema: 1,
    mustUnderstand: [],
    kind: 'catalogue' as const,
    lists,
    ...(hashed.length > 0 ? { hashed } : {}),
  };
  const last = await newestDocument(store, 'catalogue');
  const changed = last?.digest !== digestOf(content, publisher.school);
  if (changed) await signAndKeep(publisher, 'catalogue', content, 'endpoint');
  await forgetOldVersions(
    place,
    [...lists, ...lists.flatMap(({ paths }) => paths ?? []), ...hashed].map(({ sha256 }) => sha256),
  );
  return { changed, refused, unknown };
}

async function readSources(folder: string) {
  const refused: { file: string; line: number; text: string }[] = [];
  const unknown: string[] = [];
  const handWritten = new Map<CategoryId, string[]>();
  const files = existsSync(folder) ? (await readdir(folder)).sort() : [];
  for (const file of files.filter((name) => name.endsWith('.txt'))) {
    const category = CategoryId.safeParse(file.slice(0, -'.txt'.length));
    if (!category.success) {
      unknown.push(file);
      continue;
    }
    const cleaned = cleanList(await readFile(join(folder, file), 'utf8'));
    refused.push(...cleaned.refused.map((line) => ({ file, ...line })));
    handWritten.set(category.data, cleaned.hosts);
  }
  return { handWritten, refused, unknown };
}
