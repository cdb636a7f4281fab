import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sha256 } from '../sign.ts';

export const squeeze = promisify(gzip);
export const unsqueeze = promisify(gunzip);

/** Where the cleaned text of a list lies, as it came, before exceptions and before it is one with others. */
const keptPath = (lists: string, hash: string): string => join(lists, 'kept', `${hash}.gz`);

/** Keeps a text under its hash. Little is won by packing it hard: it never travels. */
export async function keepText(lists: string, text: string): Promise<string> {
  const hash = sha256(text);
  const path = keptPath(lists, hash);
  if (existsSync(path)) return hash;
  await mkdir(join(lists, 'kept'), { recursive: true });
  await writeWhole(path, await squeeze(text, { level: 1 }));
  return hash;
}

/** The text again. Throws when it is not there or not what it was. */
export async function keptText(lists: string, hash: string): Promise<string> {
  const text = (await unsqueeze(await readFile(keptPath(lists, hash)))).toString('latin1');
  if (sha256(text) !== hash)
    throw Object.assign(new Error(`list ${hash} is damaged`), { code: 'damaged-list' });
  return text;
}

/** Lines without their ends. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.slice(0, -1).split('\n'));

let halves = 0;

/** A file is there whole or not at all, also where several write the same at once. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  halves += 1;
  const half = `${path}.${process.pid}.${halves}.new`;
  await writeFile(half, bytes);
  await rename(half, path);
}
