import { isListed } from './address.ts';
import type { Draft } from './compile.ts';
import { conditionsOf, isPlainHost, type Where } from './condition.ts';
import type { ResourceType, Rule } from './rule.ts';
import { type EngineId, engines, forced, searchPattern } from './search-engines.ts';
import type { Named, Standing } from './standing.ts';
import { headerIds, headerPriority, priority, type TierName } from './tiers.ts';

/**
 * Holds the engines to their strictest setting (FIELD SE2). A transform that changes nothing hides lower closings of
 * its ruleset (CHROME-FACTS 18), so it never has a band of its own: each band that opens an engine carries the
 * transform one above its `allow`, for exactly what that band opens.
 */
export function safeSearch(standing: Standing): Draft[] {
  const allowed = standing.engines ?? [];
  const everywhere = standing.access === 'filtered';
  return allowed.flatMap((engine) => [
    ...where(engine, standing.granted).map((one) => transform('grant', engine, one)),
    ...where(engine, standing.approved).map((one) => transform('allow', engine, one)),
    ...(everywhere
      ? [transform(standing.supervised ? 'supervisedOpen' : 'aloneOpen', engine, searches(engine))]
      : []),
  ]);
}

const searches = (engine: EngineId, domains: readonly string[] = engines[engine].domains): Where => ({
  requestDomains: domains,
  regexFilter: searchPattern(engine),
  isUrlFilterCaseSensitive: true,
});

/** What of an engine a list of entries opens: whole hosts in one condition, paths as their own entries say. */
function where(engine: EngineId, named: readonly Named[]): Where[] {
  const domains: readonly string[] = engines[engine].domains;
  const entries = named.map(({ entry }) => entry);
  const hosts = new Set(entries.filter(isPlainHost).map(({ host }) => host));
  const whole = [
    ...domains.filter((domain) => isListed(hosts, domain)),
    ...[...hosts].filter((host) => isListed(new Set(domains), host)),
  ];
  const parts = entries.filter((entry) => !isPlainHost(entry) && isListed(new Set(domains), entry.host));
  return [
    ...(whole.length > 0 ? [searches(engine, [...new Set(whole)].sort())] : []),
    ...conditionsOf(parts),
  ];
}

const pages: readonly ResourceType[] = ['main_frame', 'sub_frame', 'object'];

/** One band's transform, for pages and frames; what a page fetches later is docs/limits.md's. */
const transform = (tier: TierName, engine: EngineId, condition: Where): Draft => ({
  tier,
  what: `safe search of ${engine}`,
  priority: priority(tier, 'transform'),
  action: { type: 'redirect', redirect: { transform: { queryTransform: forced(engine) } } },
  condition: { ...condition, resourceTypes: pages },
});

/** Hosts that serve YouTube and its searches; the header must reach the API too (../shared/data/safesearch.md). */
const youtubeHosts = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtubei.googleapis.com',
  'youtube.googleapis.com',
] as const;

/** YouTube's strict restricted mode, by header. Opens and closes nothing. */
export const restrictedVideo = (resourceTypes: readonly ResourceType[]): Rule => ({
  id: headerIds[0],
  priority: headerPriority,
  action: {
    type: 'modifyHeaders',
    requestHeaders: [{ header: 'YouTube-Restrict', operation: 'set', value: 'Strict' }],
  },
  condition: { requestDomains: youtubeHosts, resourceTypes },
});
