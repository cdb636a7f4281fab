import { isIpHost } from '../../rules/address.ts';
import type { Compiled } from '../../rules/compile.ts';
import { ampViewerPattern, IP_HOST_PATTERN } from '../../rules/guard.ts';
import type { Condition, ResourceType, Rule } from '../../rules/rule.ts';
import {
  headerIds,
  type Kind,
  kindOf,
  priority,
  type TierName,
  tierNames,
  tierOf,
  tiers,
} from '../../rules/tiers.ts';

export type Rules = Pick<Compiled, 'session' | 'dynamic' | 'pupils'>;
/** One thing that `compile` could get wrong, done to what it gave. */
export type Mutation = { name: string; mutate(rules: Rules): Rules };

const isHeader = ({ id }: Rule) => id >= headerIds[0] && id <= headerIds[1];
const isPage = ({ condition }: Rule) => condition.resourceTypes.includes('main_frame');
const hasType = (type: ResourceType) => (rule: Rule) => rule.condition.resourceTypes.includes(type);
const names = (host: string) => (rule: Rule) => rule.condition.requestDomains?.includes(host) === true;
const hasPattern = ({ condition }: Rule) =>
  condition.requestDomains !== undefined && condition.regexFilter?.startsWith('^https?://.*') === false;
const all =
  (...tests: ((rule: Rule) => boolean)[]) =>
  (rule: Rule) =>
    tests.every((test) => test(rule));
const not = (test: (rule: Rule) => boolean) => (rule: Rule) => !test(rule);
const at = (tier: TierName, kind: Kind) => (rule: Rule) =>
  !isHeader(rule) && tierOf(rule) === tier && kindOf(rule) === kind;

/** Every kind of rule that `compile` makes, by name: without any one of them some address is judged otherwise. */
export const families: readonly (readonly [string, (rule: Rule) => boolean, ('session' | 'dynamic')?])[] = [
  ...(['locked', 'block'] as const).flatMap((tier) => [
    [`${tier}: pages of its entries`, all(at(tier, 'close'), isPage), 'session'] as const,
    [`${tier}: frames and resources of its entries`, all(at(tier, 'close'), not(isPage)), 'session'] as const,
  ]),
  ['essential: its hosts', at('essential', 'open')],
  ['safe search', at('essential', 'transform')],
  ['suspended: pages', all(at('suspended', 'close'), isPage)],
  ['suspended: frames', all(at('suspended', 'close'), not(isPage))],
  ['grant: what would misuse it, pages', all(at('grant', 'over'), isPage)],
  ['grant: what would misuse it, frames', all(at('grant', 'over'), not(isPage))],
  ['grant: its entries', at('grant', 'open')],
  ['focus: pages', all(at('focus', 'close'), isPage)],
  ['focus: frames', all(at('focus', 'close'), not(isPage))],
  ['guard: pages', all(at('guard', 'close'), isPage)],
  ['guard: frames and resources', all(at('guard', 'close'), not(isPage))],
  [
    'guard: IP addresses',
    all(
      at('guard', 'close'),
      ({ condition }) =>
        condition.regexFilter === IP_HOST_PATTERN || condition.requestDomains?.some(isIpHost) === true,
    ),
  ],
  ['guard: carriers with what lies below them', all(at('guard', 'close'), names('translate.goog'))],
  ['guard: carriers by their exact host', all(at('guard', 'close'), names('web.archive.org'))],
  [
    'guard: other sites’ pages below Google’s own host',
    all(at('guard', 'close'), ({ condition }) => condition.regexFilter === ampViewerPattern),
  ],
  ['guard: engines that cannot be safe', all(at('guard', 'close'), names('ecosia.org'))],
  [
    'guard: Google where it is not allowed, or hides its settings',
    all(at('guard', 'close'), names('google.com')),
  ],
  [
    'guard: what would misuse an approval',
    all(
      at('guard', 'close'),
      hasPattern,
      ({ condition }) =>
        condition.requestDomains?.length === 1 &&
        /\.(?:test|example|uk|de)$/.test(condition.requestDomains[0] ?? ''),
    ),
  ],
  ['allow: its entries', at('allow', 'open')],
  ['allow: resources of open pages', all(at('allow', 'inside'), hasType('image'))],
  [
    'allow: frames by their host',
    all(
      at('allow', 'inside'),
      hasType('sub_frame'),
      ({ condition }) => condition.requestDomains !== undefined,
    ),
  ],
  [
    'allow: any frame',
    all(
      at('allow', 'inside'),
      hasType('sub_frame'),
      ({ condition }) => condition.requestDomains === undefined,
    ),
  ],
  ...(['supervisedOpen', 'aloneOpen'] as const).flatMap((tier) => [
    [`${tier}: the web`, all(at(tier, 'open'), ({ condition }) => condition.urlFilter === '|http')] as const,
    [`${tier}: WebSockets`, all(at(tier, 'open'), ({ condition }) => condition.urlFilter === '|ws')] as const,
  ]),
  ['the header of strict YouTube', isHeader],
  ...(['locked', 'closedAlways', 'closedAlone'] as const).flatMap((tier) => [
    [`${tier}: pages of its lists`, all(at(tier, 'close'), isPage), 'dynamic'] as const,
    [`${tier}: frames and resources of its lists`, all(at(tier, 'close'), not(isPage)), 'dynamic'] as const,
  ]),
];

const changed = ({ session, dynamic, pupils }: Rules, change: (rule: Rule) => Rule | null): Rules => {
  const each = (rules: readonly Rule[]) => rules.flatMap((rule) => change(rule) ?? []);
  return { session: each(session), dynamic: each(dynamic), pupils: each(pupils) };
};

const removals: Mutation[] = families.map(([what, isOne, ruleset]) => ({
  name: `without ${what}`,
  mutate: ({ session, dynamic, pupils }) => ({
    session: ruleset === 'dynamic' ? session : session.filter(not(isOne)),
    dynamic: ruleset === 'session' ? dynamic : dynamic.filter(not(isOne)),
    pupils: ruleset === undefined ? pupils.filter(not(isOne)) : pupils,
  }),
}));

/** A band and the next: everything of the one at the height of the other. */
const swaps: Mutation[] = tierNames.slice(1).map((lower, index) => {
  const higher = tierNames[index] ?? 'locked';
  const other = (tier: TierName): TierName => (tier === higher ? lower : higher);
  return {
    name: `${higher} and ${lower} have changed places`,
    mutate: (rules) =>
      changed(rules, (rule) => {
        const tier = tierOf(rule);
        if (isHeader(rule) || (tier !== higher && tier !== lower)) return rule;
        // The packaged rules are not compiled: what changes places with them goes below all of theirs.
        if (other(tier) === 'packaged') return { ...rule, priority: 1 };
        return { ...rule, priority: rule.priority + (tiers[other(tier)].rank - tiers[tier].rank) * 10 };
      }),
  };
});

/** What a tier opens it closes, and what it closes it opens. */
const turned: Mutation[] = tierNames
  .filter((tier) => tier !== 'packaged')
  .map((tier) => ({
    name: `${tier} says the opposite`,
    mutate: (rules) =>
      changed(rules, (rule) => {
        if (isHeader(rule) || tierOf(rule) !== tier || kindOf(rule) === 'transform') return rule;
        return { ...rule, action: { type: rule.action.type === 'allow' ? 'block' : 'allow' } };
      }),
  }));

const conditionOf = (
  name: string,
  isOne: (rule: Rule) => boolean,
  change: (condition: Condition) => Condition,
): Mutation => ({
  name,
  mutate: (rules) => {
    return changed(rules, (rule) => {
      const condition = isOne(rule) ? change(rule.condition) : rule.condition;
      // Chrome refuses a rule for no type at all: then the rule is gone.
      return condition.resourceTypes.length > 0 ? { ...rule, condition } : null;
    });
  },
});
const drop =
  (...fields: (keyof Condition)[]) =>
  (condition: Condition): Condition =>
    Object.fromEntries(
      Object.entries(condition).filter(([name]) => !fields.includes(name as keyof Condition)),
    ) as Condition;
const withoutType = (type: ResourceType) => (condition: Condition) => ({
  ...condition,
  resourceTypes: condition.resourceTypes.filter((one) => one !== type),
});
const moved = (name: string, isOne: (rule: Rule) => boolean, to: number): Mutation => ({
  name,
  mutate: (rules) => changed(rules, (rule) => (isOne(rule) ? { ...rule, priority: to } : rule)),
});

const conditions: Mutation[] = [
  conditionOf('focus forgets which pages are granted', at('focus', 'close'), drop('excludedTopDomains')),
  conditionOf(
    'resources open inside any page',
    all(at('allow', 'inside'), hasType('image')),
    drop('topDomains'),
  ),
  conditionOf(
    'frames open inside any page',
    all(
      at('allow', 'inside'),
      hasType('sub_frame'),
      ({ condition }) => condition.requestDomains !== undefined,
    ),
    drop('topDomains'),
  ),
  conditionOf(
    'every frame opens inside approved pages',
    all(at('allow', 'inside'), hasType('sub_frame')),
    drop('requestDomains'),
  ),
  conditionOf('sign-in and help pages load nothing', at('allow', 'inside'), (condition) => ({
    ...condition,
    ...(condition.topDomains?.includes('www.childline.org.uk') ? { topDomains: ['nothing.invalid'] } : {}),
  })),
  ...(['essential', 'grant', 'allow'] as const).map((tier) =>
    conditionOf(
      `${tier} opens the whole host for a part of it`,
      all(at(tier, 'open'), hasPattern),
      drop('regexFilter', 'isUrlFilterCaseSensitive'),
    ),
  ),
  ...(['locked', 'block'] as const).map((tier) =>
    conditionOf(
      `${tier} closes the whole host for a part of it`,
      all(at(tier, 'close'), hasPattern),
      (condition) => ({
        ...condition,
        regexFilter: '^https?://.*',
      }),
    ),
  ),
  ...(['grant', 'allow'] as const).map((tier) =>
    conditionOf(`${tier} takes letters of any case`, all(at(tier, 'open'), hasPattern), (condition) => ({
      ...condition,
      isUrlFilterCaseSensitive: false,
    })),
  ),
  conditionOf('block tells letter case apart', all(at('block', 'close'), hasPattern), (condition) => ({
    ...condition,
    isUrlFilterCaseSensitive: true,
  })),
  ...(['grant', 'allow', 'block'] as const).map((tier) =>
    conditionOf(
      `${tier}: patterns hold on every host`,
      all(
        (rule) => tierOf(rule) === tier,
        ({ action }) => action.type !== 'redirect' || 'regexSubstitution' in action.redirect,
        hasPattern,
      ),
      drop('requestDomains'),
    ),
  ),
  ...(['object', 'sub_frame', 'websocket', 'main_frame', 'image'] as const).map((type) =>
    conditionOf(`nothing speaks of ${type}`, (rule) => !isHeader(rule), withoutType(type)),
  ),
  conditionOf(
    'lists lose a name',
    all(at('closedAlways', 'close'), ({ condition }) => (condition.requestDomains?.length ?? 0) > 1),
    (condition) => ({
      ...condition,
      requestDomains: condition.requestDomains?.slice(1) ?? [],
    }),
  ),
  moved(
    'closed always stands no higher than closed alone',
    at('closedAlways', 'close'),
    priority('closedAlone', 'close'),
  ),
  moved(
    'closed alone stands as high as closed always',
    at('closedAlone', 'close'),
    priority('closedAlways', 'close'),
  ),
  moved('what would misuse a grant stands below it', at('grant', 'over'), priority('grant', 'close')),
  moved(
    'what loads inside a page stands above the school’s block list',
    at('allow', 'inside'),
    priority('block', 'open'),
  ),
  moved(
    'what loads inside a page stands below the categories',
    at('allow', 'inside'),
    priority('closedAlways', 'inside'),
  ),
  moved(
    'what would misuse an approval stands below it',
    all(at('guard', 'close'), hasPattern),
    priority('allow', 'inside'),
  ),
  moved('safe search stands below grants', at('essential', 'transform'), priority('grant', 'inside')),
  moved(
    'safe search stands below what is approved',
    at('essential', 'transform'),
    priority('allow', 'inside'),
  ),
  moved(
    'safe search stands below the filtered web',
    at('essential', 'transform'),
    priority('aloneOpen', 'inside'),
  ),
  conditionOf(
    'safe search takes every address, safe ones too',
    at('essential', 'transform'),
    (condition) => ({
      ...condition,
      regexFilter: '^https?://.*',
    }),
  ),
];

export const mutations: readonly Mutation[] = [...removals, ...swaps, ...turned, ...conditions];
