import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Delta, deltaAfter, deltaBetween, parseDelta, printDelta } from '../../rules/lists/delta.ts';
import { packNames, unpackNames } from '../../rules/lists/packed.ts';
import { cutParts, textOf } from '../../rules/lists/parts.ts';
import { sha256 } from '../sign.ts';
import { squeeze, unsqueeze, writeWhole } from './kept.ts';

/** A list as the catalogue names it and as devices fetch it. */
export type Travelling = { sha256: string; hosts: number; bytes: number; parts: string[] };

export const partPath = (lists: string, hash: string): string => join(lists, `${hash}.part.gz`);
export const wholePath = (lists: string, hash: string): string => join(lists, `${hash}.gz`);
const indexPath = (lists: string, hash: string): string => join(lists, `${hash}.json`);
export const deltaPath = (lists: string, hash: string, from: string): string =>
  join(lists, `${hash}.from.${from}.gz`);

/** Level 6: level 9 takes four times as long for two parts in a thousand. */
const LEVEL = { level: 6 };

/** Writes a list in parts, each packed and under the hash of its plain text. What is there already is not made again. */
export async function writeParts(lists: string, names: readonly string[]): Promise<Travelling> {
  await mkdir(lists, { recursive: true });
  const whole = sha256(textOf(names));
  const written = await Promise.all(
    cutParts(names).map(async (part) => {
      const hash = sha256(textOf(part));
      const path = partPath(lists, hash);
      if (existsSync(path)) return { hash, bytes: (await readFile(path)).length };
      const packed = await squeeze(packNames(part), LEVEL);
      await writeWhole(path, packed);
      return { hash, bytes: packed.length };
    }),
  );
  const parts = written.map(({ hash }) => hash);
  await writeWhole(indexPath(lists, whole), JSON.stringify({ parts }));
  return {
    sha256: whole,
    hosts: names.length,
    bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
    parts,
  };
}

/** The names of a list that was written in parts; null when some of it is gone. */
export async function namesOfTravelling(lists: string, hash: string): Promise<string[] | null> {
  const names: string[] = [];
  try {
    for (const part of await partsOf(lists, hash)) {
      const text = (await unsqueeze(await readFile(partPath(lists, part)))).toString('latin1');
      for (const name of unpackNames(text) ?? []) names.push(name);
    }
  } catch {
    return null;
  }
  return sha256(textOf(names)) === hash ? names : null;
}

async function partsOf(lists: string, hash: string): Promise<string[]> {
  return JSON.parse(await readFile(indexPath(lists, hash), 'utf8')).parts;
}

export const isThere = (lists: string, { sha256: hash, parts }: Travelling): boolean =>
  existsSync(indexPath(lists, hash)) && parts.every((part) => existsSync(partPath(lists, part)));

/** Whole lists that are being made: a classroom that asks in the same second waits for one making. */
const making = new Map<string, Promise<boolean>>();

/** Where the whole list lies as one gzip of plain text, for an extension that knows no parts; made when one asks. */
export async function wholeListPath(lists: string, hash: string): Promise<string | null> {
  const path = wholePath(lists, hash);
  if (existsSync(path)) return path;
  const made = making.get(path) ?? makeWhole(lists, hash).finally(() => making.delete(path));
  making.set(path, made);
  return (await made) ? path : null;
}

async function makeWhole(lists: string, hash: string): Promise<boolean> {
  const names = await namesOfTravelling(lists, hash);
  if (names) await writeWhole(wholePath(lists, hash), await squeeze(textOf(names), LEVEL));
  return names !== null;
}

/**
 * Writes how to come from the version before, and from every one that could come there: a device that slept some days
 * fetches one small file. `earlier` are the hashes of the versions that are still known.
 */
export async function writeDeltas(
  lists: string,
  [before, after]: readonly [
    { sha256: string; lines: readonly string[] },
    { sha256: string; lines: readonly string[] },
  ],
  earlier: readonly string[],
): Promise<void> {
  const last = deltaBetween(before.lines, after.lines);
  await writeDelta(lists, after.sha256, before.sha256, last);
  for (const older of earlier) {
    const path = deltaPath(lists, before.sha256, older);
    if (older === after.sha256 || !existsSync(path)) continue;
    const first = parseDelta((await unsqueeze(await readFile(path))).toString('latin1'));
    if (first) await writeDelta(lists, after.sha256, older, deltaAfter(first, last));
  }
}

const writeDelta = async (lists: string, to: string, from: string, delta: Delta): Promise<void> =>
  writeWhole(deltaPath(lists, to, from), await squeeze(printDelta(delta), { level: 9 }));

/** Removes what belongs to no version that is still known. */
export async function forgetOthers(lists: string, known: ReadonlySet<string>): Promise<void> {
  const parts = new Set<string>();
  for (const hash of known) for (const part of await partsOf(lists, hash).catch(() => [])) parts.add(part);
  for (const name of await readdir(lists)) {
    const [, hash = '', rest = ''] = /^([0-9a-f]{64})\.(.+)$/.exec(name) ?? [];
    const from = /^from\.([0-9a-f]{64})\.gz$/.exec(rest)?.[1];
    const isKnown =
      rest === 'part.gz' ? parts.has(hash) : known.has(hash) && (from === undefined || known.has(from));
    if (hash && !isKnown) await rm(join(lists, name), { force: true });
  }
}
