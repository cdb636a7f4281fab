import { isWithin } from './address.ts';
import { addressAt } from './address-at.ts';
import { type CategoryId, categories } from './categories.ts';
import { judge } from './decide.ts';
import type { Documents } from './documents.ts';
import { type Entry, parseEntry } from './entry.ts';
import { type GrantRole, mayGrantClass } from './grant-table.ts';
import { namesBelow } from './hosts-below.ts';
import type { Standing } from './standing.ts';

/** What an entry would open besides the address that it begins at, though this role may not; a few of them by name. */
export type OpensBelow = { names: string[]; more: number; because: CategoryId[] };

const NAMED = 3;
/** Of each list so many are looked at: those that are open all the same are no reason to refuse. */
const LOOKED_AT = 50;

/**
 * A grant stands above categories and above the school's own list, so naming a whole host opens what those close below
 * it: sub-domains, single pages. What is locked stays locked and needs no refusal. Null where there is nothing of that
 * kind, or this role may open it.
 */
export function opensBelow(
  role: GrantRole,
  documents: Documents,
  standing: Standing,
  entry: Entry,
): OpensBelow | null {
  if (mayGrantClass(role, 'sensitive').may) return null;
  const shut = [...standing.closedAlways, ...standing.closedAlone].filter(
    (id) => categories[id].class === 'sensitive',
  );
  const found = new Set<string>();
  const because = new Set<CategoryId>();
  let more = 0;
  const see = (name: string, id: CategoryId | null): void => {
    if (found.has(name) || !isClosed(documents, standing, name)) return;
    found.add(name);
    if (id) because.add(id);
  };
  for (const id of shut) {
    if (isWhole(entry) && entry.below) {
      const hosts = documents.lists.get(id);
      const { count, first } = hosts ? namesBelow(hosts, entry.host, LOOKED_AT) : { count: 0, first: [] };
      for (const name of first) see(name, id);
      more += count - first.length;
    }
    for (const path of documents.paths?.get(id)?.within(entry.host, entry.below, LOOKED_AT) ?? [])
      if (isOpenedBy(entry, path)) see(path, id);
  }
  for (const { entry: closed, text } of standing.blocked)
    if (isOpenedBy(entry, text) && !isSame(entry, closed)) see(text, null);
  const names = [...found];
  if (names.length === 0) return null;
  return {
    names: names.slice(0, NAMED),
    more: Math.max(0, names.length - NAMED) + more,
    because: [...because],
  };
}

const isWhole = ({ path, query }: Entry): boolean => path === undefined && query.length === 0;
const isSame = (one: Entry, other: Entry): boolean => one.host === other.host && one.path === other.path;

/** Whether the page that this text begins at lies within the entry. */
function isOpenedBy({ host, below, path, query }: Entry, text: string): boolean {
  const read = parseEntry(text);
  if (!read.ok || query.length > 0) return false;
  if (below ? !isWithin(read.entry.host, host) : read.entry.host !== host) return false;
  return path === undefined || (read.entry.path ?? '/').startsWith(path);
}

function isClosed(documents: Documents, standing: Standing, text: string): boolean {
  const read = parseEntry(text);
  const address = read.ok ? addressAt(read.entry) : null;
  return address !== null && !judge(standing, documents, address).open;
}
