import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readList } from '../../../admin/subscriptions/read-list.ts';
import { type Travelling, writeParts } from '../../../admin/subscriptions/travelling.ts';

/** What one process needs to read, clean and encode every list of a folder: milliseconds, processor time, memory. */
export type Imported = {
  lines: number;
  hosts: number;
  bytes: number;
  ms: number;
  cpuMs: number;
  megabytes: number;
};

const [folder = ''] = process.argv.slice(2);
const into = await mkdtemp(join(tmpdir(), 'keystage-bench-lists-'));
const files = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
const began = performance.now();
const before = process.cpuUsage();
let lines = 0;
const written: Promise<Travelling>[] = [];
for (const file of files) {
  const read = await readList(join(folder, file), 'auto');
  if (!read.ok) throw new Error(`${file}: ${read.code}`);
  lines += read.counts.lines;
  // Packed on other threads while the next list is read.
  written.push(writeParts(into, read.names));
}
const made = await Promise.all(written);
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(before);
process.send?.({
  lines,
  hosts: made.reduce((sum, { hosts }) => sum + hosts, 0),
  bytes: made.reduce((sum, { bytes }) => sum + bytes, 0),
  ms,
  cpuMs: (user + system) / 1_000,
  megabytes: process.resourceUsage().maxRSS / 1_024,
} satisfies Imported);
await rm(into, { recursive: true, force: true });
process.disconnect?.();
