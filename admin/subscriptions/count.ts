import { clashesOf, sitesOf } from '../../rules/lists/exceptions.ts';
import { readIllegal } from './read-illegal.ts';
import { readList } from './read-list.ts';
import { type Asked, listsAt, type Offered } from './subscriptions.ts';

/** Reads and counts lists without an endpoint: what an import would bring, against the built-in school sites alone. */
export async function countLists(
  asked: Asked,
  progress: (what: string, lines: number) => void,
): Promise<Offered[]> {
  const offered: Offered[] = [];
  for (const one of await listsAt(asked)) {
    if ('ok' in one) {
      offered.push(one);
      continue;
    }
    const { id, category } = one;
    const read =
      category === 'illegal'
        ? await readIllegal(one.path, null)
        : await readList(one.path, one.format, (lines) => progress(id, lines));
    if (!read.ok) {
      offered.push({ ...read, id, category });
      continue;
    }
    const { names, counts, format, notes } = read;
    const clashes = category === 'illegal' ? [] : clashesOf(names, category, sitesOf(null));
    const rest = { hosts: counts.hosts, added: counts.hosts, removed: 0, clashes, format, counts, notes };
    offered.push({ ok: true, id, category, state: 'counted', ...rest });
  }
  return offered;
}
