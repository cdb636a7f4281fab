import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createCleaning } from '../../rules/lists/clean.ts';
import { createLines } from '../../rules/lists/lines.ts';
import { type Alias, allowKindsIn, isAllowKind, readAlias, readAliases } from '../../rules/lists/ut1.ts';
import type { ListRead } from './read-list.ts';
import { readText } from './read-text.ts';
import { readUnpacked } from './unpacked.ts';

const names = ['domains', 'urls'];
const expressions = ['expressions', 'very_restrictive_expression'];

/** True for a folder that holds one of UT1's categories. */
export const isUt1Category = (folder: string): boolean =>
  [...names, ...expressions].some((name) => existsSync(join(folder, name)));

/** The categories of a UT1 tree, each once and under its own name, and what its aliases say. */
export async function ut1Tree(folder: string): Promise<{ categories: string[]; aliases: Alias[] }> {
  const categories: string[] = [];
  const aliases = await aliasesIn(folder);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory() && isUt1Category(join(folder, entry.name))) categories.push(entry.name);
  return { categories: categories.sort(), aliases };
}

async function aliasesIn(folder: string): Promise<Alias[]> {
  const written = await readFile(join(folder, 'SYMLINKS.txt'), 'utf8').catch(() => '');
  const aliases = readAliases(written);
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
    if (entry.isSymbolicLink())
      aliases.push(readAlias(entry.name, basename(await readlink(join(folder, entry.name)))));
  return aliases;
}

/**
 * The folder that a path means. An alias is followed to what its name means, not to where it points; null where that
 * is not known or not there.
 */
export async function meantByAlias(path: string): Promise<{ folder: string | null; alias: Alias } | null> {
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink() ?? false;
  if (existsSync(path) && !isLink) return null;
  const alias = (await aliasesIn(dirname(path))).find((one) => one.alias === basename(path));
  if (!alias) return null;
  const folder = alias.means === null ? null : join(dirname(path), alias.means);
  return { alias, folder: folder && isUt1Category(folder) ? folder : null };
}

/** Reads one category of UT1: `domains` and `urls`; regular expressions are counted and left out. */
export async function readUt1(folder: string, progress?: (lines: number) => void): Promise<ListRead> {
  const name = basename(folder);
  if (await isForAllowing(folder)) return { ok: false, ...allowList(name) };
  const cleaning = createCleaning();
  for (const file of names.filter((one) => existsSync(join(folder, one)))) {
    const read = await readText(join(folder, file), 'plain', cleaning, progress);
    if (!read.ok) return { ...read, counts: cleaning.counts };
  }
  for (const file of expressions.filter((one) => existsSync(join(folder, one)))) {
    const lines = createLines((line) => {
      if (line.trim() === '') return;
      cleaning.counts.lines++;
      cleaning.counts.leftOut.expression++;
    });
    const read = await readUnpacked(join(folder, file), (bytes) => {
      lines.push(bytes.toString('latin1'));
      return true;
    });
    if (!read.ok) return { ...read, counts: cleaning.counts };
    lines.end();
  }
  return {
    ok: true,
    format: 'ut1',
    names: cleaning.cleaned(),
    paths: cleaning.cleanedPaths(),
    counts: cleaning.counts,
    notes: [],
  };
}

export const allowList = (name: string) => ({
  code: 'allow-list' as const,
  message: `UT1 means "${name}" as a list of sites to open (global_usage); it would close what schools need`,
});

/** True for a category that UT1 keeps so that somebody opens it: press, bank, child … */
export async function isForAllowing(folder: string): Promise<boolean> {
  const name = basename(folder);
  const global = await readFile(join(dirname(folder), 'global_usage'), 'latin1').catch(() => '');
  const { allow, named } = allowKindsIn(global);
  if (named.has(name)) return allow.has(name);
  return isAllowKind(await readFile(join(folder, 'usage'), 'latin1').catch(() => ''));
}
