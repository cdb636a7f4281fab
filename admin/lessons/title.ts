import { parseEntry } from '../../rules/entry.ts';
import type { EntryLine, Policy } from '../../rules/policy.ts';
import type { KeptLesson } from './store.ts';
import type { StartLesson } from './wire.ts';

const MOST_NAMES = 3;

/** What a lesson is about, in the school's own words: its lists and bundles, and the sites that stand on no list. */
export function titleOf(
  asked: Pick<StartLesson, 'lists' | 'bundles' | 'sites'>,
  sites: readonly EntryLine[],
  policy: Policy,
  again: Pick<KeptLesson, 'title'> | null,
): string {
  const pasted = asked.sites.flatMap(({ entry }) => sites.find((site) => entry.startsWith(site.entry)) ?? []);
  const names = [
    ...(again?.title ? [again.title] : []),
    ...policy.lists.filter(({ id }) => asked.lists.includes(id)).map(({ title }) => title),
    ...policy.bundles.filter(({ id }) => asked.bundles.includes(id)).map(({ title }) => title),
    ...pasted.map(siteName),
  ];
  const different = [...new Set(names)];
  const more = different.length > MOST_NAMES ? ' …' : '';
  return different.slice(0, MOST_NAMES).join(', ').slice(0, 200) + more;
}

function siteName({ title, entry }: EntryLine): string {
  const read = parseEntry(entry);
  return title ?? (read.ok ? read.entry.host : entry);
}
