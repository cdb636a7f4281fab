import { blockPageOf } from './block-page-of.ts';
import { exactHostConditions, type Where } from './condition.ts';
import { closing, type Draft, opening, overGrants, pageTypes } from './draft.ts';
import { ampViewerPattern, guardHosts, IP_HOST_PATTERN } from './guard.ts';
import { allTypes, insideTypes, type Rule, resourceTypes } from './rule.ts';
import { restrictedVideo, safeSearch } from './safe-search.ts';
import { engineIds, oddPatterns, onEngine, unsafeEngines } from './search-engines.ts';
import { priority, type TierName, tiers } from './tiers.ts';

/**
 * The packaged ruleset for pupils: the ways round that the guard closes at every school, and safe search. It is on from
 * the start, and off only where an adult is known to sit. Most of our patterns stand here, because Chrome compiles all
 * patterns of the session rules anew whenever one of those rules changes, and those of a packaged ruleset once
 * (docs/decisions/017).
 */
export function pupilRules(extensionId: string): Rule[] {
  const next = new Map<TierName, number>();
  const numbered = drafts(extensionId).map(({ tier, what: _, ...rule }): Rule => {
    const index = next.get(tier) ?? 0;
    next.set(tier, index + 1);
    // The upper half of a tier's ids, away from what is compiled for a school.
    return { id: tiers[tier].ids[0] + 500 + index, ...rule };
  });
  return [...numbered, restrictedVideo(allTypes)];
}

function drafts(extensionId: string): Draft[] {
  const blockPage = blockPageOf(extensionId);
  return [
    ownRequests(extensionId),
    ...waysRound.flatMap((where) => closing('guard', where, allTypes, blockPage)),
    // Nobody can hold an engine to safe search whose address hides its settings: not even a grant opens it.
    ...overGrants(oddAddresses.flatMap((where) => closing('guard', where, pageTypes, blockPage))),
    ...oddAddresses.map(
      (where): Draft => ({
        tier: 'guard',
        what: 'an engine’s address that hides its settings',
        priority: priority('guard', 'close'),
        action: { type: 'block' },
        condition: { ...where, resourceTypes },
      }),
    ),
    ...safeSearch(),
  ];
}

/** An endpoint may be an IP address, and is asked before any rule of the session names it. */
const ownRequests = (extensionId: string): Draft =>
  opening('essential', 'open', { initiatorDomains: [extensionId] }, insideTypes);

const waysRound: readonly Where[] = [
  { regexFilter: IP_HOST_PATTERN },
  { requestDomains: guardHosts.below },
  ...exactHostConditions(guardHosts.exact),
  { requestDomains: unsafeEngines },
  onEngine('google', ampViewerPattern),
];

const oddAddresses: readonly Where[] = engineIds.flatMap((id) =>
  oddPatterns(id).map((pattern) => onEngine(id, pattern)),
);
