import { type Entry, type EntryRead, parseEntry } from './entry.ts';
import type { EntryLine } from './policy.ts';

/** An entry, with where it stands: what a reason, a report and the status page need to name it. */
export type Named = { entry: Entry; text: string; from: string; endsAt?: number };

/** An entry that the policy holds and that could not be read, by place: shown, never dropped in silence. */
export type Unread = { from: string; text: string; code: string; reason: string };

/** Reading a line costs microseconds, and every page in view reads them all: what was read once stays read. */
const readBefore = new Map<string, EntryRead>();
const REMEMBERED = 20_000;

function readOnce(text: string): EntryRead {
  const before = readBefore.get(text);
  if (before) return before;
  if (readBefore.size >= REMEMBERED) readBefore.clear();
  const read = parseEntry(text);
  readBefore.set(text, read);
  return read;
}

/** Hosts as Chrome spells them: one that it cannot read would make it refuse every rule (CHROME-FACTS 5). */
export const hostsRead = (hosts: readonly string[], from: string, unread: Unread[]): string[] =>
  hosts.flatMap((text) => {
    const read = readOnce(text);
    if (read.ok && !read.entry.path && !read.entry.port && read.entry.query.length === 0)
      return [read.entry.host];
    const why = read.ok ? { code: 'not-a-host', reason: 'a host alone is wanted here' } : read;
    unread.push({ from, text, code: why.code, reason: why.reason });
    return [];
  });

/** The lines that hold now, in the order of the list. */
export function readLines(lines: readonly EntryLine[], from: string, now: number, unread: Unread[]): Named[] {
  const out: Named[] = [];
  for (const line of lines) {
    const endsAt = line.endsAt ? Date.parse(line.endsAt) : undefined;
    if (endsAt !== undefined && endsAt <= now) continue;
    const read = readOnce(line.entry);
    if (read.ok)
      out.push({ entry: read.entry, text: line.entry, from, ...(endsAt === undefined ? {} : { endsAt }) });
    else unread.push({ from, text: line.entry, code: read.code, reason: read.reason });
  }
  return out;
}
