import { blockPageOf } from './block-page-of.ts';
import { ANY_PAGE } from './condition.ts';
import { allTypes, insideTypes, type Rule } from './rule.ts';
import { priority, type TierName, tiers } from './tiers.ts';

export { blockPageOf };

/**
 * Where a rule sends a closed page: tier and category in the query, the address (`\0`, the whole match) in the
 * fragment, because Chrome copies it unescaped and `&` could not be told apart in a query (CHROME-FACTS 1).
 */
export function redirectTo(blockPage: string, tier: TierName, category?: string): Rule['action'] {
  const query = `tier=${tier}${category ? `&category=${category}` : ''}`;
  return { type: 'redirect', redirect: { regexSubstitution: `${blockPage}?${query}#\\0` } };
}

/**
 * The packaged static ruleset: closes every page, frame and resource at the lowest priority, in every state of ours
 * (promise 1). Only the extension's own requests pass, so that it can fetch the policy that opens anything.
 */
export function closedRules(extensionId: string): Rule[] {
  const [first] = tiers.packaged.ids;
  return [
    {
      id: first,
      priority: priority('packaged', 'close'),
      action: redirectTo(blockPageOf(extensionId), 'packaged'),
      condition: { regexFilter: ANY_PAGE, resourceTypes: ['main_frame'] },
    },
    {
      id: first + 1,
      priority: priority('packaged', 'close'),
      action: { type: 'block' },
      condition: { urlFilter: '*', resourceTypes: insideTypes },
    },
    // If the redirect cannot apply, the page is still closed.
    {
      id: first + 2,
      priority: priority('packaged', 'inside'),
      action: { type: 'block' },
      condition: { urlFilter: '*', resourceTypes: ['main_frame'] },
    },
    {
      id: first + 3,
      priority: priority('packaged', 'open'),
      action: { type: 'allow' },
      condition: {
        initiatorDomains: [extensionId],
        resourceTypes: allTypes.filter((type) => type !== 'main_frame'),
      },
    },
  ];
}
