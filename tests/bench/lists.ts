import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readList } from '../../admin/subscriptions/read-list.ts';
import { mergeLists } from '../../rules/lists/clean.ts';
import { applyDelta, deltaBetween, printDelta } from '../../rules/lists/delta.ts';
import { packNames } from '../../rules/lists/packed.ts';
import { cutParts, textOf } from '../../rules/lists/parts.ts';
import { type Bench, type Figure, medianOf } from './figures.ts';
import type { Imported } from './lists/import-all.ts';

const folder = fileURLToPath(new URL('../../../shared/data/lists/', import.meta.url));
const A_MILLION = 1_000_000;
const CHANGED = 0.001;

/** Import of real lists in a process of its own, and what a million names cost to send, the first time and daily. */
export const run: Bench = async ({ times = 5, say }) => {
  if (!existsSync(folder)) {
    say(`SKIPPED: the real lists are not here (${folder})`);
    return [];
  }
  return [...(await importing(times, say)), ...(await travelling(say))];
};

async function importing(times: number, say: (line: string) => void): Promise<Figure[]> {
  const runs: Imported[] = [];
  for (let run = 0; run < times; run++) {
    const child = fork(fileURLToPath(new URL('./lists/import-all.ts', import.meta.url)), [folder]);
    const [sent] = (await once(child, 'message')) as [Imported];
    runs.push(sent);
    say(
      `  ${sent.lines} lines, ${sent.hosts} names, ${(sent.bytes / 1e6).toFixed(2)} MB packed: ${sent.ms.toFixed(0)} ms, ${sent.cpuMs.toFixed(0)} ms of processor, ${sent.megabytes.toFixed(0)} MB`,
    );
  }
  const of = (what: keyof Imported) => runs.map((one) => one[what]);
  return [
    medianOf('import, clean and encode, wall', 'ms', of('ms'), { bound: { atMost: 3_000, of: 'value' } }),
    medianOf('import, clean and encode, processor', 'ms', of('cpuMs')),
    medianOf('largest memory, MB', '', of('megabytes'), { bound: { atMost: 400, of: 'value' } }),
  ];
}

async function travelling(say: (line: string) => void): Promise<Figure[]> {
  const lists: string[][] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort()) {
    const read = await readList(join(folder, file), 'auto');
    if (read.ok) lists.push(read.names);
  }
  const real = mergeLists(lists);
  const kB = (name: string, bytes: number, note: string): Figure => ({
    name,
    unit: 'kB',
    value: bytes / 1_000,
    times: 1,
    note,
  });
  const realBytes = packedBytes(real);
  const realGzip = gzipSync(textOf(real), { level: 9 }).length;

  // As many again of the same shape, up to a million: real names with one letter more.
  const names = [
    ...new Set([...real, ...real.slice(0, A_MILLION - real.length).map((name) => `${name[0]}${name}`)]),
  ].sort();
  const gone = new Set(pick(names, (names.length * CHANGED) / 2));
  const come = pick(names, (names.length * CHANGED) / 2, 7).map((name) => `new-${name}`);
  const next = [...names.filter((name) => !gone.has(name)), ...come].sort();
  const delta = deltaBetween(names, next);
  const text = textOf(names);
  const began = performance.now();
  const applied = applyDelta(text, delta);
  const ms = performance.now() - began;
  if (applied !== textOf(next)) throw new Error('the delta does not lead to the new list');
  const deltaBytes = gzipSync(printDelta(delta), { level: 9 }).length;
  const before = new Set(cutParts(names).map(textOf));
  const changedParts = cutParts(next).filter((part) => !before.has(textOf(part)));
  say(`  a million: ${names.length} names, ${delta.added.length} come, ${delta.removed.length} go`);
  say(`  parts that change: ${changedParts.length} of ${before.size}`);
  const millionGzip = gzipSync(text, { level: 9 }).length;
  return [
    kB(`${real.length} real names, gzip -9 of the text`, realGzip, ''),
    kB('the same as they travel', realBytes, `${((100 * realBytes) / realGzip).toFixed(0)} % of gzip`),
    kB('a million names, gzip -9 of the text', millionGzip, ''),
    kB('the same as they travel', packedBytes(names), ''),
    kB(
      'a day’s change of 0.1 %, as a delta',
      deltaBytes,
      `${((100 * deltaBytes) / millionGzip).toFixed(2)} % of gzip`,
    ),
    kB('the same in changed parts, without a delta', packedBytes(changedParts.flat()), ''),
    { name: 'apply that delta', unit: 'ms', value: ms, times: 1 },
  ];
}

const packedBytes = (names: readonly string[]): number =>
  cutParts(names).reduce((sum, part) => sum + gzipSync(packNames(part), { level: 6 }).length, 0);

/** Names from all over the list, the same at every run. */
function pick(names: readonly string[], count: number, seed = 1): string[] {
  const picked = new Set<string>();
  for (let state = seed; picked.size < Math.floor(count); ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    picked.add(names[state % names.length] ?? '');
  }
  return [...picked];
}
