import { type CategoryId, categories } from './categories.ts';
import { ANY_PAGE, conditionsOf, exactHostConditions, type Where } from './condition.ts';
import { hostsOf, quietHosts } from './decide.ts';
import type { Documents } from './documents.ts';
import { escapedLetters, repeatedKeys } from './dodges.ts';
import { closing, type Draft, opening, overGrants, pageTypes } from './draft.ts';
import type { Entry } from './entry.ts';
import { filterOf } from './lists/paths.ts';
import { closedByOverlays, mayBeFiltered } from './overlays.ts';
import type { Policy } from './policy.ts';
import { pupilRules } from './pupils.ts';
import { allTypes, frameTypes, insideTypes, type ResourceType, type Rule, resourceTypes } from './rule.ts';
import { type EngineId, engineIds, hostPattern, onEngine } from './search-engines.ts';
import type { Situation } from './situation.ts';
import { isEarlyYears, type KnownStage } from './stages.ts';
import { type Standing, standingOf } from './standing.ts';
import { budgets, type Kind, pathIds, priority, sentinelIds, type TierName, tiers } from './tiers.ts';

/** A rule that found no room in Chrome's budgets: named on the status page, never dropped in silence. */
export type NotFitted = { tier: TierName; what: string; closes: boolean };

export type Compiled = {
  /** All but the large lists; replaced whole in one call (promise 2). */
  session: Rule[];
  /** The large lists. They only close. */
  dynamic: Rule[];
  /** The packaged ruleset for pupils where it is on; empty for adults. */
  pupils: Rule[];
  notFitted: NotFitted[];
};

/**
 * The rules that make Chrome say what `decide` says, for every address in this situation.
 * `blockPage` is the extension's own page, from `blockPageOf`.
 */
export function compile(documents: Documents, situation: Situation, blockPage: string): Compiled {
  const standing = standingOf(documents, situation);
  return {
    ...compileStanding(standing, blockPage),
    dynamic: compileLists(documents, standing, blockPage),
    pupils: standing.guarded ? pupilRules(new URL(blockPage).host) : [],
  };
}

/** Everything that is small: what is open, and what the school closes itself. */
export function compileStanding(
  standing: Standing,
  blockPage: string,
): Pick<Compiled, 'session' | 'notFitted'> {
  const close = (tier: TierName, wheres: readonly Where[], types: readonly ResourceType[]) =>
    wheres.flatMap((where) => closing(tier, where, types, blockPage));
  const open = (tier: TierName, kind: Kind, wheres: readonly Where[], types: readonly ResourceType[]) =>
    wheres.map((where) => opening(tier, kind, where, types));
  const everywhere: Where[] = [{ regexFilter: ANY_PAGE }];
  const entries = (named: Standing['locked']) => conditionsOf(named.map(({ entry }) => entry));
  const shut = (named: Standing['locked']) => closingConditions(named.map(({ entry }) => entry));
  const repeats = (named: Standing['granted']) => repeatedKeys(named.map(({ entry }) => entry));
  const grantedTops = [...hostsOf(standing.granted)].sort();
  const tops = [...hostsOf([...standing.granted, ...standing.approved])].sort();
  const anyFrameTops = [...hostsOf(standing.anyFrames)].sort();
  const quiet = [...quietHosts(standing)].sort();
  const filtered = standing.access === 'filtered';

  // In this order they find room; what decides is their priority. What must never be missing comes first.
  const drafts: Draft[] = [
    ...open('essential', 'open', exactHostConditions(quiet), allTypes),
    ...(standing.guarded ? close('guard', otherEngines(standing.engines ?? []), allTypes) : []),
    ...close('locked', shut(standing.locked), allTypes),
    ...(standing.suspendedUntil === null && !standing.eyesUp
      ? []
      : close('suspended', everywhere, pageTypes)),
    ...overGrants(close('guard', repeats(standing.granted), pageTypes)),
    ...close('guard', repeats(standing.approved), pageTypes),
    ...open('grant', 'open', entries(standing.granted), pageTypes),
    ...(standing.focus ? focus(grantedTops, blockPage) : []),
    ...close('block', shut(standing.blocked), allTypes),
    ...open('allow', 'open', entries(standing.approved), pageTypes),
    // `allow` + topDomains without main_frame: an open page keeps it when other rules change (CHROME-FACTS 2, 3).
    ...inside([{ topDomains: [...new Set([...tops, ...quiet])].sort() }], resourceTypes),
    ...inside(
      standing.frames.length > 0
        ? [{ topDomains: tops, requestDomains: [...new Set(standing.frames)].sort() }]
        : [],
      frameTypes,
    ),
    ...inside([{ topDomains: anyFrameTops }], frameTypes),
    ...(filtered
      ? open(standing.supervised ? 'supervisedOpen' : 'aloneOpen', 'open', webOnly, allTypes)
      : []),
  ];
  const { session, notFitted } = numbered(drafts);
  // What closes or makes safe has found no room: then the web is not open but for what is named.
  if (filtered && notFitted.some(({ closes }) => closes))
    return { ...compileStanding({ ...standing, access: 'approved' }, blockPage), notFitted };
  return { session, notFitted };
}

/** What entries close: themselves in every letter case, with doubled slashes, and with letters written with `%`. */
const closingConditions = (entries: readonly Entry[]): Where[] => [
  ...conditionsOf(entries, 'closed'),
  ...escapedLetters(entries),
];

/** Files of a Chromebook are no web pages: a filtered stage opens the web, not the disk. */
const webOnly: Where[] = [{ urlFilter: '|http' }, { urlFilter: '|ws' }];

/** Engines that the school does not name for the stage. */
const otherEngines = (allowed: readonly EngineId[]): Where[] =>
  engineIds.filter((id) => !allowed.includes(id)).map((id) => onEngine(id, hostPattern(id)));

/** An empty list of top domains would match every page, so it makes no rule at all. */
const inside = (wheres: readonly Where[], types: readonly ResourceType[]): Draft[] =>
  wheres
    .filter(({ topDomains }) => topDomains && topDomains.length > 0)
    .map((where) => opening('allow', 'inside', where, types));

/** In a directed lesson all but grants and the platform; frames inside those are judged further down. */
function focus(grantedTops: readonly string[], blockPage: string): Draft[] {
  const [page, frames] = closing('focus', { regexFilter: ANY_PAGE }, pageTypes, blockPage);
  if (!page || !frames) return [];
  const excluded = grantedTops.length > 0 ? { excludedTopDomains: grantedTops } : {};
  return [page, { ...frames, condition: { ...excluded, urlFilter: '*', resourceTypes: frameTypes } }];
}

/** Gives every draft its id; what exceeds a range or Chrome's budgets is named instead. */
function numbered(drafts: readonly Draft[]): { session: Rule[]; notFitted: NotFitted[] } {
  const next = new Map<TierName, number>();
  const session: Rule[] = [];
  const notFitted: NotFitted[] = [];
  let patterns = 0;
  for (const { tier, what, ...rule } of drafts) {
    const id = next.get(tier) ?? tiers[tier].ids[0];
    const pattern = rule.condition.regexFilter !== undefined ? 1 : 0;
    const full =
      id > tiers[tier].ids[1] ||
      session.length + 2 >= budgets.session ||
      patterns + pattern > budgets.regex - budgets.regexOfLists;
    if (full) {
      notFitted.push({ tier, what, closes: rule.action.type !== 'allow' });
      continue;
    }
    next.set(tier, id + 1);
    patterns += pattern;
    session.push({ id, ...rule });
  }
  return { session, notFitted };
}

/** The categories whose lists a stage needs at all: none where its access can never be filtered (DESIGN §7). */
export function categoriesNeeded(policy: Policy | null, stage: KnownStage): CategoryId[] {
  if (!policy || stage === 'unknown') return [];
  const rules = policy.stages[stage];
  const mayBe = rules.alone === 'filtered' || rules.supervised === 'filtered';
  if (!mayBe && (isEarlyYears(stage) || !mayBeFiltered(policy))) return [];
  const illegal = (Object.keys(categories) as CategoryId[]).filter(
    (id) => categories[id].class === 'illegal',
  );
  return [
    ...new Set([...illegal, ...rules.closedAlways, ...rules.closedAlone, ...closedByOverlays(policy)]),
  ].sort();
}

/**
 * One pair of rules a category: they depend on the stage, never on a lesson, so that none is re-indexed for one. Paths
 * are closed by one plain block each, pages too: a redirect that carries the address would need one of few patterns.
 * `watch` puts the block page in the place of Chrome's error page.
 */
export function compileLists(documents: Documents, standing: Standing, blockPage: string): Rule[] {
  const shut = [...standing.lockedCategories, ...standing.closedAlways, ...standing.closedAlone];
  const tierOf = (category: CategoryId): TierName =>
    standing.lockedCategories.includes(category)
      ? 'locked'
      : standing.closedAlways.includes(category)
        ? 'closedAlways'
        : 'closedAlone';
  const ofHosts = shut.flatMap((category) => {
    const hosts = documents.lists.get(category);
    if (!hosts || hosts.size === 0) return [];
    return closing(tierOf(category), { requestDomains: [...hosts] }, allTypes, blockPage, category);
  });
  const ofPaths = shut.flatMap((category) =>
    (documents.paths?.get(category)?.inRules ?? []).map((path) => ({
      priority: priority(tierOf(category), 'close'),
      action: { type: 'block' as const },
      condition: { urlFilter: filterOf(path), resourceTypes: allTypes },
    })),
  );
  return [
    // List rules stand in the upper half of their tier's ids, away from the school's own entries.
    ...ofHosts.map(({ tier, what: _, ...rule }, index) => ({
      id: tiers[tier].ids[0] + 500 + index,
      ...rule,
    })),
    ...ofPaths.map((rule, index) => ({ id: pathIds[0] + index, ...rule })),
  ];
}

/**
 * Carries a digest in a rule that matches nothing that exists, so that at launch the worker sees whether the rules in
 * force are those of the stored documents. It closes, as every dynamic rule does.
 */
export const sentinel = (ruleset: keyof typeof sentinelIds, digest: string): Rule => ({
  id: sentinelIds[ruleset],
  priority: priority('packaged', 'close'),
  action: { type: 'block' },
  condition: { requestDomains: [`${digest.slice(0, 40)}.digest.invalid`], resourceTypes: insideTypes },
});

/** The digest that a ruleset carries, or null. */
export function digestIn(
  rules: readonly { id: number; condition: { requestDomains?: readonly string[] } }[],
  ruleset: keyof typeof sentinelIds,
): string | null {
  const name = rules.find(({ id }) => id === sentinelIds[ruleset])?.condition.requestDomains?.[0];
  return name?.split('.')[0] ?? null;
}
