import type { CategoryId } from './categories.ts';
import { redirectTo } from './closed.ts';
import { ANY_PAGE, type Where } from './condition.ts';
import { frameTypes, type ResourceType, type Rule } from './rule.ts';
import { type Kind, priority, type TierName } from './tiers.ts';

/** A rule whose id is still to come; `what` names it where it finds no room. */
export type Draft = Omit<Rule, 'id'> & { tier: TierName; what: string };

/** What a tab or a frame shows, as against what it loads. */
export const pageTypes: readonly ResourceType[] = ['main_frame', ...frameTypes];

export const opening = (tier: TierName, kind: Kind, where: Where, types: readonly ResourceType[]): Draft => ({
  tier,
  what: where.regexFilter ?? 'hosts',
  priority: priority(tier, kind),
  action: { type: 'allow' },
  condition: { ...where, resourceTypes: types },
});

/** A closed page shows the block page; a closed frame or resource is simply not there (DESIGN §7). */
export function closing(
  tier: TierName,
  where: Where,
  types: readonly ResourceType[],
  blockPage: string,
  category?: CategoryId,
): Draft[] {
  const others = types.filter((type) => type !== 'main_frame');
  const draft = { tier, what: where.regexFilter ?? category ?? 'hosts', priority: priority(tier, 'close') };
  return [
    {
      ...draft,
      action: redirectTo(blockPage, tier, category),
      condition: { ...where, regexFilter: where.regexFilter ?? ANY_PAGE, resourceTypes: ['main_frame'] },
    },
    { ...draft, action: { type: 'block' }, condition: { ...where, resourceTypes: others } },
  ];
}

/** Above the grant that it would misuse, though it is the guard that speaks. */
export const overGrants = (drafts: readonly Draft[]): Draft[] =>
  drafts.map((draft) => ({ ...draft, tier: 'grant', priority: priority('grant', 'over') }));
