import { type Address, hostAndParents, isListed } from './address.ts';
import type { CategoryId } from './categories.ts';
import type { Documents } from './documents.ts';
import { dodged } from './dodges.ts';
import { closes, matches } from './entry.ts';
import { hidesSettings, type WayRound, wayRound } from './guard.ts';
import type { Named } from './read-lines.ts';
import type { Situation } from './situation.ts';
import { type Standing, standingOf } from './standing.ts';
import { type ClosedReason, closed, open, type Verdict } from './verdict.ts';

/** What is asked for: the page itself, or something that a page (`top`, null where it has no web address) loads. */
export type Asked = { as: 'page' } | { as: 'frame' | 'resource'; top: Address | null };
const page: Asked = { as: 'page' };

/**
 * The verdict on one address in one situation.
 * Means the same as Chrome's engine on `compile(documents, situation)`; `tests/engine` holds the two together.
 */
export function decide(
  documents: Documents,
  situation: Situation,
  address: Address,
  asked: Asked = page,
): Verdict {
  return judge(standingOf(documents, situation), documents, address, asked);
}

/** The same on a standing that the caller already has: one reading of the documents serves many addresses. */
export function judge(
  standing: Standing,
  documents: Documents,
  address: Address,
  asked: Asked = page,
): Verdict {
  const asking = askingOf(standing, documents, address, asked);
  for (const speak of voices) {
    const verdict = speak(asking);
    if (verdict) return verdict;
  }
  return packaged(asking);
}

/** What every tier says that has something to say, the highest first: `judge` gives the first of them. */
export function whoSpeaks(
  standing: Standing,
  documents: Documents,
  address: Address,
  asked: Asked = page,
): Verdict[] {
  const asking = askingOf(standing, documents, address, asked);
  return [...voices.map((speak) => speak(asking)), packaged(asking)].filter((verdict) => verdict !== null);
}

type Asking = {
  standing: Standing;
  hosts: HostsOfStanding;
  documents: Documents;
  address: Address;
  asked: Asked;
  /** Suspensions, grants, focus and entries speak of pages and frames; what those load is judged by where it is. */
  isPageOrFrame: boolean;
};

const askingOf = (standing: Standing, documents: Documents, address: Address, asked: Asked): Asking => ({
  standing,
  hosts: hostsOfStanding(standing),
  documents,
  address,
  asked,
  isPageOrFrame: asked.as !== 'resource',
});

/** What one tier has to say, or null where it has nothing to say. */
type Voice = (asking: Asking) => Verdict | null;

/** The tiers of DESIGN §6 from the highest down, without the packaged one, which always speaks. */
const voices: readonly Voice[] = [
  function lockedByEntry({ standing, address }) {
    const entry = shutBy(standing.locked, address);
    return entry ? closed('locked', { code: 'locked' }, where(entry)) : null;
  },
  function lockedByCategory(asking) {
    const category = listed(asking.standing.lockedCategories, asking);
    return category ? closed('locked', { code: 'locked' }, { category }) : null;
  },
  function essential({ hosts, address }) {
    const why = hosts.essential.get(address.host);
    return why === undefined ? null : open('essential', { code: 'essential', why });
  },
  function help({ hosts, address }) {
    return hosts.help.has(address.host) ? open('essential', { code: 'help' }) : null;
  },
  function suspended({ standing, isPageOrFrame }) {
    if (standing.suspendedUntil === null || !isPageOrFrame) return null;
    return closed('suspended', { code: 'suspended-until', until: standing.suspendedUntil });
  },
  function eyesUp({ standing, isPageOrFrame }) {
    if (!standing.eyesUp || !isPageOrFrame) return null;
    return closed('suspended', { code: 'eyes-up', by: standing.eyesUp.by });
  },
  // Above the grant that it would misuse, though it is the guard that speaks.
  function misusesGrant({ standing, address, isPageOrFrame }) {
    if (!isPageOrFrame) return null;
    if (dodged(standing.granted, 'opens', address)) return closed('guard', { code: 'guard-repeated' });
    return standing.guarded && hidesSettings(address) ? closed('guard', { code: 'guard-search' }) : null;
  },
  function granted({ standing, address, isPageOrFrame }) {
    const entry = isPageOrFrame ? firstMatch(standing.granted, address, matches) : undefined;
    return entry ? open('grant', { code: 'granted' }, where(entry)) : null;
  },
  function inFocus({ standing, hosts, asked, isPageOrFrame }) {
    // Frames inside a granted page are judged further down.
    if (!standing.focus || !isPageOrFrame || isTop(hosts.grantedTops, asked)) return null;
    return closed('focus', {
      code: 'focus',
      until: standing.lesson ? Date.parse(standing.lesson.endsAt) : null,
    });
  },
  function guarded({ standing, address }) {
    const round = standing.guarded ? wayRound(address, standing.engines ?? []) : null;
    return round ? closed('guard', whyGuarded(round)) : null;
  },
  function misusesApproval({ standing, address, isPageOrFrame }) {
    const entry = isPageOrFrame && dodged(standing.approved, 'opens', address);
    return entry ? closed('guard', { code: 'guard-repeated' }) : null;
  },
  function blocked({ standing, address }) {
    const entry = shutBy(standing.blocked, address);
    return entry ? closed('block', { code: 'school-list' }, where(entry)) : null;
  },
  function approved({ standing, address, isPageOrFrame }) {
    const entry = isPageOrFrame ? firstMatch(standing.approved, address, matches) : undefined;
    return entry ? open('allow', { code: 'approved' }, where(entry)) : null;
  },
  function inside({ hosts, address, asked }) {
    return opensInside(hosts, address, asked)
      ? open('allow', { code: 'inside', page: topHost(asked) })
      : null;
  },
  function closedAlways(asking) {
    const category = listed(asking.standing.closedAlways, asking);
    return category ? closed('closedAlways', { code: 'category', category }, { category }) : null;
  },
  function supervisedOpen({ standing }) {
    return standing.access === 'filtered' && standing.supervised
      ? open('supervisedOpen', { code: 'filtered' })
      : null;
  },
  function closedAlone(asking) {
    const category = listed(asking.standing.closedAlone, asking);
    return category ? closed('closedAlone', { code: 'category', category }, { category }) : null;
  },
  function aloneOpen({ standing }) {
    return standing.access === 'filtered' && !standing.supervised
      ? open('aloneOpen', { code: 'filtered' })
      : null;
  },
];

const packaged = ({ standing }: Asking): Verdict => closed('packaged', { code: whyPackaged(standing) });

/** The first of these categories whose list names the address. */
function listed(
  categories: readonly CategoryId[],
  { documents: { lists, paths }, address, asked }: Asking,
): CategoryId | undefined {
  for (const category of categories) {
    const hosts = lists.get(category);
    if (hosts !== undefined && isListed(hosts, address.host)) return category;
    // `watch` sees pages only: of what they load and frame, only what Chrome's rules hold is closed.
    if (paths?.get(category)?.names(address, asked.as !== 'page')) return category;
  }
  return undefined;
}

/** Entries by their host, made once for each list of a standing: a school may have thousands, an address meets few. */
const byHost = new WeakMap<readonly Named[], Map<string, { place: number; named: Named }[]>>();

function indexOf(named: readonly Named[]) {
  const made = byHost.get(named);
  if (made) return made;
  const index = new Map<string, { place: number; named: Named }[]>();
  for (const [place, one] of named.entries()) {
    const same = index.get(one.entry.host);
    if (same) same.push({ place, named: one });
    else index.set(one.entry.host, [{ place, named: one }]);
  }
  byHost.set(named, index);
  return index;
}

/** The first of these entries, in their order, that means the address. */
function firstMatch(named: readonly Named[], address: Address, means: typeof matches): Named | undefined {
  if (named.length === 0) return undefined;
  const index = indexOf(named);
  let first: { place: number; named: Named } | undefined;
  for (const host of hostAndParents(address.host)) {
    const entries = index.get(host);
    if (entries === undefined) continue;
    for (const each of entries)
      if ((!first || each.place < first.place) && means(each.named.entry, address)) first = each;
  }
  return first?.named;
}

/** The entry that closes the address, or that the address tries to get past. */
const shutBy = (named: readonly Named[], address: Address): Named | undefined =>
  firstMatch(named, address, closes) ?? dodged(named, 'closes', address);

const where = ({ text, from }: Named) => ({ entry: text, from });
const topHost = (asked: Asked): string => (asked.as === 'page' ? '' : (asked.top?.host ?? ''));

/** The hosts that a standing asks for by themselves, gathered once: many addresses are judged by one standing. */
type HostsOfStanding = {
  essential: ReadonlyMap<string, string>;
  help: ReadonlySet<string>;
  quiet: ReadonlySet<string>;
  grantedTops: ReadonlySet<string>;
  ownTops: ReadonlySet<string>;
  anyFrameTops: ReadonlySet<string>;
  frames: ReadonlySet<string>;
};
const gathered = new WeakMap<Standing, HostsOfStanding>();

function hostsOfStanding(standing: Standing): HostsOfStanding {
  const made = gathered.get(standing);
  if (made) return made;
  const hosts: HostsOfStanding = {
    // The first reason counts where a host has two.
    essential: new Map(standing.essential.map(({ host, reason }) => [host, reason] as const).reverse()),
    help: new Set(standing.help),
    quiet: quietHosts(standing),
    grantedTops: hostsOf(standing.granted),
    ownTops: hostsOf([...standing.granted, ...standing.approved]),
    anyFrameTops: hostsOf(standing.anyFrames),
    frames: new Set(standing.frames),
  };
  gathered.set(standing, hosts);
  return hosts;
}

/** Chrome's `topDomains` knows hosts only, so one approved page opens resources for its whole host (DESIGN §6). */
const isTop = (tops: ReadonlySet<string>, asked: Asked): boolean =>
  asked.as !== 'page' && asked.top !== null && isListed(tops, asked.top.host);

function opensInside(hosts: HostsOfStanding, address: Address, asked: Asked): boolean {
  if (asked.as === 'page' || !asked.top) return false;
  if (asked.as === 'resource') return isTop(hosts.ownTops, asked) || isTop(hosts.quiet, asked);
  if (isTop(hosts.anyFrameTops, asked)) return true;
  return isTop(hosts.ownTops, asked) && isListed(hosts.frames, address.host);
}

/** The hosts of entries, as `compile` names them in `topDomains`. */
export const hostsOf = (named: readonly Named[]): Set<string> =>
  new Set(named.map(({ entry }) => entry.host));

/** Sign-in and help pages load what they need, too. */
export const quietHosts = (standing: Standing): Set<string> =>
  new Set([...standing.essential.map(({ host }) => host), ...standing.help]);

function whyGuarded(round: WayRound): ClosedReason {
  switch (round.way) {
    case 'ip':
      return { code: 'guard-ip' };
    case 'search':
      return { code: 'guard-search' };
    case 'carrier':
      return { code: 'guard-translator', ...(round.carried ? { carried: round.carried } : {}) };
  }
}

/** Why a page is closed that nothing but the packaged rule speaks of. */
export function whyPackaged(
  standing: Standing,
): 'not-known-yet' | 'no-adult-yet' | 'watch-the-board' | 'not-approved' {
  if (!standing.known) return 'not-known-yet';
  if (standing.access !== 'closed') return 'not-approved';
  if (standing.lesson === null) return 'no-adult-yet';
  // The adult is there, and this page is none of the lesson's.
  return standing.lesson.kind === 'demonstration' ? 'watch-the-board' : 'not-approved';
}
