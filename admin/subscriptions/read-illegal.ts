import { randomBytes, webcrypto } from 'node:crypto';
import { noCounts } from '../../rules/lists/counts.ts';
import { notAList } from '../../rules/lists/detect.ts';
import { hashable, hashOf, printHashed, readHashed } from '../../rules/lists/hashed.ts';
import { createLines } from '../../rules/lists/lines.ts';
import { linesOf } from './kept.ts';
import type { ListRead } from './read-list.ts';
import { readUnpacked } from './unpacked.ts';

const digest = (bytes: Uint8Array<ArrayBuffer>) => webcrypto.subtle.digest('SHA-256', bytes);
/** Hashed so many at a time: the clear text is never in memory as a whole, nor on disk at all. */
const AT_ONCE = 1_000;

/**
 * Reads a licensed list of illegal addresses, one a line, and keeps nothing but hashes. `before` is the text of the
 * version that is live, whose salt goes on.
 */
export async function readIllegal(path: string, before: string | null): Promise<ListRead> {
  const salt = (before && readHashed(before)?.salt) || randomBytes(16).toString('hex');
  const counts = noCounts();
  const hashes = new Set<string>();
  let some: string[] = [];
  const hashSome = async () => {
    const taken = some;
    some = [];
    for (const hash of await Promise.all(taken.map((name) => hashOf(name, salt, digest)))) {
      if (hashes.has(hash)) counts.leftOut.duplicate++;
      hashes.add(hash);
    }
  };
  let refused: ReturnType<typeof notAList> = null;
  const lines = createLines((line) => {
    if (counts.lines === 0) refused ??= notAList([line]);
    if (line.trim() === '' || line.trim().startsWith('#')) return;
    counts.lines++;
    const name = hashable(line);
    if (name === null) counts.leftOut.notHost++;
    else some.push(name);
  });
  const read = await readUnpacked(path, async (bytes) => {
    lines.push(bytes.toString('latin1'));
    while (some.length >= AT_ONCE) await hashSome();
    return refused === null;
  });
  if (!read.ok) return read;
  lines.end();
  await hashSome();
  counts.leftOut.tooLong += lines.tooLong();
  counts.hosts = hashes.size;
  if (refused !== null) return refused;
  if (hashes.size === 0) return { ok: false, code: 'empty', message: 'names no address', counts };
  if (counts.leftOut.notHost > counts.lines / 2)
    return { ok: false, code: 'garbage', message: 'most of its lines are no addresses', counts };
  return {
    ok: true,
    format: 'plain',
    names: linesOf(printHashed(salt, hashes)),
    paths: [],
    counts,
    notes: [],
  };
}
