import { type Address, isListed } from './address.ts';
import type { CategoryId } from './categories.ts';
import type { Documents } from './documents.ts';
import { dodged } from './dodges.ts';
import { closes, matches } from './entry.ts';
import { type WayRound, wayRound } from './guard.ts';
import type { Situation } from './situation.ts';
import { type Named, type Standing, standingOf } from './standing.ts';
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
  const isPageOrFrame = asked.as !== 'resource';
  const listed = (categories: readonly CategoryId[]) =>
    categories.find((category) => {
      const hosts = documents.lists.get(category);
      return hosts !== undefined && isListed(hosts, address.host);
    });
  const find = (named: readonly Named[]) => firstMatch(named, address, matches);
  const shutBy = (named: readonly Named[]) =>
    firstMatch(named, address, closes) ?? dodged(named, 'closes', address);

  const lockedEntry = shutBy(standing.locked);
  if (lockedEntry) return closed('locked', { code: 'locked' }, where(lockedEntry));
  const lockedCategory = listed(standing.lockedCategories);
  if (lockedCategory) return closed('locked', { code: 'locked' }, { category: lockedCategory });

  const essential = standing.essential.find(({ host }) => host === address.host);
  if (essential) return open('essential', { code: 'essential', why: essential.reason });
  if (standing.help.includes(address.host)) return open('essential', { code: 'help' });

  if (isPageOrFrame) {
    if (standing.suspendedUntil !== null)
      return closed('suspended', { code: 'suspended-until', until: standing.suspendedUntil });
    if (standing.eyesUp) return closed('suspended', { code: 'eyes-up', by: standing.lesson?.adult ?? '' });
    if (dodged(standing.granted, 'opens', address)) return closed('guard', { code: 'guard-repeated' });
    const granted = find(standing.granted);
    if (granted) return open('grant', { code: 'granted' }, where(granted));
    if (standing.focus && !isInsideGranted(standing, asked))
      return closed('focus', {
        code: 'focus',
        until: standing.lesson ? Date.parse(standing.lesson.endsAt) : null,
      });
  }

  const round = standing.guarded ? wayRound(address, standing.engines ?? []) : null;
  if (round) return closed('guard', whyGuarded(round));
  if (isPageOrFrame && dodged(standing.approved, 'opens', address))
    return closed('guard', { code: 'guard-repeated' });
  const blocked = shutBy(standing.blocked);
  if (blocked) return closed('block', { code: 'school-list' }, where(blocked));

  if (isPageOrFrame) {
    const approved = find(standing.approved);
    if (approved) return open('allow', { code: 'approved' }, where(approved));
  }
  if (opensInside(standing, address, asked)) return open('allow', { code: 'inside', page: topHost(asked) });

  const always = listed(standing.closedAlways);
  if (always) return closed('closedAlways', { code: 'category', category: always }, { category: always });
  const filtered = standing.access === 'filtered';
  if (filtered && standing.supervised) return open('supervisedOpen', { code: 'filtered' });
  const alone = listed(standing.closedAlone);
  if (alone) return closed('closedAlone', { code: 'category', category: alone }, { category: alone });
  if (filtered) return open('aloneOpen', { code: 'filtered' });
  return closed('packaged', { code: whyPackaged(standing) });
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
  for (let host = address.host; ; ) {
    for (const each of index.get(host) ?? [])
      if ((!first || each.place < first.place) && means(each.named.entry, address)) first = each;
    const dot = host.indexOf('.');
    if (dot < 0) return first?.named;
    host = host.slice(dot + 1);
  }
}

const where = ({ text, from }: Named) => ({ entry: text, from });
const topHost = (asked: Asked): string => (asked.as === 'page' ? '' : (asked.top?.host ?? ''));

/** Chrome's `topDomains` knows hosts only, so one approved page opens resources for its whole host (DESIGN §6). */
const isTop = (named: readonly Named[], asked: Asked): boolean =>
  asked.as !== 'page' && asked.top !== null && isListed(hostsOf(named), asked.top.host);

const isInsideGranted = (standing: Standing, asked: Asked): boolean => isTop(standing.granted, asked);

function opensInside(standing: Standing, address: Address, asked: Asked): boolean {
  if (asked.as === 'page' || !asked.top) return false;
  const ownPages = isTop([...standing.granted, ...standing.approved], asked);
  if (asked.as === 'resource') return ownPages || isListed(quietHosts(standing), asked.top.host);
  if (isTop(standing.anyFrames, asked)) return true;
  return ownPages && isListed(new Set(standing.frames), address.host);
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
  return standing.lesson?.kind === 'demonstration' ? 'watch-the-board' : 'no-adult-yet';
}
