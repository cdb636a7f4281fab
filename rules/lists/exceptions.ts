import { isWithin } from '../address.ts';
import { type CategoryId, categories } from '../categories.ts';
import type { Policy } from '../policy.ts';
import { schoolSites } from './school-sites.ts';

/** A site that a school needs, and who says so. */
export type Site = {
  host: string;
  /** `school-sites`, or the id of the school's list or bundle. */
  from: string;
  /** Approved for everybody, or only for some stages or groups. */
  for: 'everybody' | 'stages' | 'groups';
  /** The approval names a page of the host, not the host. */
  pageOnly: boolean;
};

/** One name of a list that would close a site, or a part of it, and what becomes of it. */
export type Clash = {
  /** The name as the list has it, or the address of one page. */
  host: string;
  site: string;
  from: string;
  /** What it closes: the whole site (the name is the site or lies above it), or a part below it. */
  closes: 'site' | 'part';
  excepted: boolean;
};

/** The school's approved sites and the built-in UK school sites. */
export function sitesOf(policy: Pick<Policy, 'lists' | 'bundles'> | null): Site[] {
  const sites: Site[] = schoolSites.map((host) => ({
    host,
    from: 'school-sites',
    for: 'everybody',
    pageOnly: false,
  }));
  for (const list of policy?.lists ?? []) {
    if (list.says !== 'open') continue;
    const reach = list.groups ? 'groups' : list.stages ? 'stages' : 'everybody';
    for (const { entry } of list.entries) sites.push(...siteOf(entry, list.id, reach));
  }
  for (const { id, pages } of policy?.bundles ?? [])
    for (const { entry } of pages) sites.push(...siteOf(entry, id, 'everybody'));
  return sites;
}

function siteOf(entry: string, from: string, reach: Site['for']): Site[] {
  const [, host = '', rest = ''] = /^(?:[\w+.-]+:\/\/)?\.?([^/:?]+)(.*)$/.exec(entry.trim()) ?? [];
  if (!host.includes('.')) return [];
  return [{ host: host.toLowerCase(), from, for: reach, pageOnly: /[/?]./.test(rest.replace(/^:\d+/, '')) }];
}

/**
 * Which names of a cleaned list would close a school's sites, and whether each is left out of the list by default.
 * `before` are the names that are closed already: only what would be closed newly is of interest.
 */
export function clashesOf(
  names: readonly string[],
  category: CategoryId,
  sites: readonly Site[],
  before: ReadonlySet<string> = new Set(),
): Clash[] {
  const listed = new Set(names);
  const found = new Map<string, Clash>();
  const note = (host: string, site: Site, closes: Clash['closes']) => {
    if (before.has(host)) return;
    const clash = {
      host,
      site: site.host,
      from: site.from,
      closes,
      excepted: isExcepted(category, site, closes),
    };
    // One name, one line: the site that opens it is told before one that does not.
    const other = found.get(host);
    if (!other || (clash.excepted && !other.excepted)) found.set(host, clash);
  };
  const bySite = new Map<string, Site[]>();
  for (const site of sites) {
    bySite.set(site.host, [...(bySite.get(site.host) ?? []), site]);
    for (const above of aboveOrSame(site.host)) if (listed.has(above)) note(above, site, 'site');
  }
  for (const name of names)
    for (const above of aboveOrSame(name.split('/', 1)[0] ?? ''))
      if (above !== name) for (const site of bySite.get(above) ?? []) note(name, site, 'part');
  return [...found.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

/**
 * Nothing of an illegal list is ever left out. A page of a host stays open by its own approval: leaving its host out
 * would open all the rest. So does a group's site. In a sensitive category (adult, proxies …) a part below a site may
 * be just what the list is for, and an approval for one stage says nothing about the others.
 */
function isExcepted(category: CategoryId, site: Site, closes: Clash['closes']): boolean {
  const { class: kind } = categories[category];
  if (kind === 'illegal' || site.pageOnly || site.for === 'groups') return false;
  if (kind === 'ordinary') return true;
  return closes === 'site' && site.for === 'everybody';
}

/** The name and every name above it that has a dot. */
function* aboveOrSame(host: string): Generator<string> {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) yield rest;
}

/** The list without what is left out of it. */
export function withoutExceptions(names: readonly string[], excepted: ReadonlySet<string>): string[] {
  return excepted.size === 0 ? [...names] : names.filter((name) => !excepted.has(name));
}

/** True if no name of the list closes the host. */
export const staysOpen = (host: string, names: readonly string[]): boolean =>
  !names.some((name) => isWithin(host, name));
