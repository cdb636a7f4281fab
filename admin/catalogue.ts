import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Catalogue } from '../rules/catalogue.ts';
import { CategoryId } from '../rules/categories.ts';
import { digestOf, type Publisher, signAndKeep } from './publish.ts';
import { sha256 } from './sign.ts';
import { newestDocument } from './store/documents.ts';

const compress = promisify(gzip);

/**
 * Cleans the text of a list: one host a line, lower case, sorted, each once; `#` begins a comment. A line that is not
 * a host is left out and named in `refused`: one bad line never loses the list.
 */
export function cleanList(text: string): { hosts: string[]; refused: { line: number; text: string }[] } {
  const hosts = new Set<string>();
  const refused: { line: number; text: string }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (!line) continue;
    const host = hostOf(line);
    if (host) hosts.add(host);
    else refused.push({ line: index + 1, text: line.slice(0, 80) });
  }
  return { hosts: [...hosts].sort(), refused };
}

/** Chrome refuses a whole update for one name that is not ASCII (CHROME-FACTS 5), so names go the way of its URLs. */
function hostOf(line: string): string | undefined {
  if (/[\s/:@?*]/.test(line) || !URL.canParse(`http://${line}/`)) return undefined;
  const host = new URL(`http://${line}/`).hostname.replace(/\.$/, '');
  return /^[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_-]{1,63})+$/.test(host) && host.length <= 253
    ? host
    : undefined;
}

/**
 * Makes the catalogue of the lists in `sources` (`<category>.txt`), keeps each list compressed under its hash in
 * `listsFolder`, and signs the catalogue anew if anything in it changed. Files of unknown categories are named.
 */
export async function publishCatalogue(
  publisher: Publisher,
  folders: { sources: string; listsFolder: string },
): Promise<{ changed: boolean; refused: { file: string; line: number; text: string }[]; unknown: string[] }> {
  const refused: { file: string; line: number; text: string }[] = [];
  const unknown: string[] = [];
  const lists: Catalogue['lists'] = [];
  await mkdir(folders.listsFolder, { recursive: true });
  const files = existsSync(folders.sources) ? (await readdir(folders.sources)).sort() : [];
  for (const file of files.filter((name) => name.endsWith('.txt'))) {
    const category = CategoryId.safeParse(file.slice(0, -'.txt'.length));
    if (!category.success) {
      unknown.push(file);
      continue;
    }
    const cleaned = cleanList(await readFile(join(folders.sources, file), 'utf8'));
    refused.push(...cleaned.refused.map((line) => ({ file, ...line })));
    lists.push({ category: category.data, ...(await keepList(folders.listsFolder, cleaned.hosts)) });
  }
  const content = { schema: 1, mustUnderstand: [], kind: 'catalogue' as const, lists };
  const last = await newestDocument(publisher.store, 'catalogue');
  const changed = last?.digest !== digestOf(content, publisher.school);
  if (changed) await signAndKeep(publisher, 'catalogue', content, 'endpoint');
  return { changed, refused, unknown };
}

/** Where a list lies, compressed, under the hash of its text. */
export const listPath = (listsFolder: string, hash: string): string => join(listsFolder, `${hash}.gz`);

async function keepList(folder: string, hosts: string[]) {
  const text = hosts.map((host) => `${host}\n`).join('');
  const hash = sha256(text);
  const path = listPath(folder, hash);
  if (!existsSync(path)) {
    await writeFile(`${path}.new`, await compress(text, { level: 9 }));
    await rename(`${path}.new`, path);
  }
  return { sha256: hash, hosts: hosts.length, bytes: (await readFile(path)).byteLength };
}
