import { isListed } from '../../rules/address.ts';
import { type Asked, whoSpeaks } from '../../rules/decide.ts';
import type { Documents } from '../../rules/documents.ts';
import { engineIds, engineOf, engines } from '../../rules/search-engines.ts';
import type { Standing } from '../../rules/standing.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Outcomes } from './agree.ts';
import { madeSafe as inSafeForm } from './made-safe.ts';
import type { Case } from './web.ts';

/** What Chrome's engine must do with a case, without a look at what `compile` makes of it. */
export type Expected = {
  /** Of every tier that speaks; the first decides. */
  says: readonly Verdict[];
  verdict: Verdict;
  /**
   * Whether the address is made safe on its way: a search that opens and is not safe yet must be, elsewhere on an
   * engine's hosts it may be, and what is safe already never is.
   */
  madeSafe: 'must' | 'may' | 'never';
  /** YouTube's strict mode goes with the request. */
  restricted: boolean;
};

export const askedAs = ({ as, top }: Pick<Case, 'as' | 'top'>): Asked =>
  as === 'page' ? { as } : { as, top };

export function expectedOf(standing: Standing, documents: Documents, one: Case): Expected {
  const says = whoSpeaks(standing, documents, one.address, askedAs(one));
  const [verdict] = says;
  if (!verdict) throw new Error('somebody always speaks');
  const safe = madeSafe(standing, one);
  return {
    says,
    verdict,
    madeSafe: verdict.open || safe === 'never' ? safe : 'may',
    restricted: isRestricted(standing, one),
  };
}

const engineDomains = new Set(engineIds.flatMap((id) => engines[id].domains));

function madeSafe({ guarded }: Standing, { url, address, as }: Case): Expected['madeSafe'] {
  // What a page fetches later is docs/limits.md's.
  if (!guarded || as === 'resource' || !isListed(engineDomains, address.host)) return 'never';
  if (inSafeForm(url) === url) return 'never';
  const engine = engineOf(address);
  return engine && new RegExp(`^/${engines[engine].paths}$`).test(address.path) ? 'must' : 'may';
}

/** YouTube and its API (../shared/data/safesearch.md). */
const videoHosts = new Set([
  'youtube.com',
  'youtube-nocookie.com',
  'youtubei.googleapis.com',
  'youtube.googleapis.com',
]);
const isRestricted = ({ guarded }: Standing, { address }: Case) =>
  guarded && isListed(videoHosts, address.host);

/** In what Chrome does otherwise than expected, or null. */
export function differs(
  { verdict, madeSafe, restricted }: Expected,
  { first, after }: Outcomes,
): string | null {
  if (first.transformed && madeSafe === 'never') return 'Chrome changes its address';
  if (!first.transformed && madeSafe === 'must') return 'Chrome does not make it safe';
  if (after?.transformed) return 'Chrome changes it, and then changes it again';
  const outcome = after ?? first;
  if (outcome.open !== verdict.open)
    return `it is ${word(verdict.open)} by ${verdict.tier}, Chrome says ${word(outcome.open)}`;
  // The block page says which tier closed it, so two closing tiers may not change places either.
  if (outcome.tier !== null && outcome.tier !== verdict.tier)
    return `${verdict.tier} decides, in Chrome ${outcome.tier}`;
  if (!outcome.open) return null;
  // Where headers are written, Chrome names no `allow`. Nothing else leaves an address without a rule.
  if (outcome.tier === null && !outcome.restricted) return 'no rule of Chrome speaks of it';
  if (outcome.restricted !== restricted)
    return `strict YouTube is ${word(restricted)}, in Chrome ${word(outcome.restricted)}`;
  return null;
}

const word = (open: boolean) => (open ? 'open' : 'closed');
