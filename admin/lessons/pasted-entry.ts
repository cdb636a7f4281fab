import { type Entry, parseEntry } from '../../rules/entry.ts';

export type PastedEntry =
  | { ok: true; entry: string }
  | { ok: false; code: 'unreadable-site'; reason: string }
  | { ok: false; code: 'whole-host' };

/**
 * A pasted address as an entry of a lesson, or why it can be none. For EYFS and KS1 it names a page or a path, which
 * the adult has looked at (FIELD A1). The console asks when it is added, the endpoint when the lesson starts.
 */
export function readPastedEntry(typed: string, young: boolean): PastedEntry {
  // What follows # never reaches a site, and the address of an open page often has it.
  const entry = typed.trim().replace(/#.*$/, '');
  const read = parseEntry(entry);
  if (!read.ok) return { ok: false, code: 'unreadable-site', reason: read.reason };
  return young && !isPageOrPath(read.entry) ? { ok: false, code: 'whole-host' } : { ok: true, entry };
}

/** False for a whole host, also where it hides behind a query that every address has (`?*`). */
export const isPageOrPath = ({ path, query }: Pick<Entry, 'path' | 'query'>): boolean =>
  path !== undefined || query.some(({ key, value, prefix }) => !prefix && key !== '' && value !== undefined);
