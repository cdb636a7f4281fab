import { isWithin, parseAddress } from '../../rules/address.ts';
import { closedRules } from '../../rules/closed.ts';
import type { Condition } from '../../rules/rule.ts';
import { isHeader, type Outcome, type Question, type Rulesets, readRule } from './engine.ts';

/**
 * Chrome's choice among rules, as far as ours use it: the highest priority wins, at the same `allow` before `block`
 * before `redirect` (CHROME-FACTS 2). `agreement` holds the rules against Chrome itself; this is for laws that look at
 * many sets of rules in a unit test.
 */
export function outcomeOf({ session, dynamic, pupils = [] }: Rulesets, asked: Question): Outcome {
  const held = [...packaged, ...session, ...dynamic, ...pupils].filter(({ condition }) =>
    matches(condition, asked),
  );
  const restricted = held.some(({ id }) => isHeader(id));
  const [decides] = held
    .filter(({ id }) => !isHeader(id))
    .sort((a, b) => b.priority - a.priority || order.indexOf(a.action.type) - order.indexOf(b.action.type));
  if (!decides) return { open: true, ruleId: null, tier: null, transformed: false, restricted };
  return { ...readRule(decides)[1], ruleId: decides.id, restricted };
}

const packaged = closedRules('a'.repeat(32));
const order: readonly string[] = ['allow', 'block', 'redirect'];

function matches(condition: Condition, { url, type, topUrl, initiator }: Question): boolean {
  const { requestDomains, topDomains, excludedTopDomains, initiatorDomains, urlFilter, regexFilter } =
    condition;
  if (!condition.resourceTypes.includes(type)) return false;
  const below = (address: string | undefined, domains: readonly string[]) => {
    const host = hostOf(address);
    return host !== undefined && domains.some((domain) => isWithin(host, domain));
  };
  const top = type === 'main_frame' ? url : topUrl;
  if (requestDomains && !below(url, requestDomains)) return false;
  if (topDomains && !below(top, topDomains)) return false;
  if (excludedTopDomains && below(top, excludedTopDomains)) return false;
  if (initiatorDomains && !below(initiator, initiatorDomains)) return false;
  if (urlFilter?.startsWith('|') && !url.startsWith(urlFilter.slice(1))) return false;
  if (urlFilter && !urlFilter.startsWith('|') && urlFilter !== '*') throw new Error(`unknown: ${urlFilter}`);
  return regexFilter === undefined || patternOf(regexFilter, condition.isUrlFilterCaseSensitive).test(url);
}

const hosts = new Map<string, string | undefined>();
function hostOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (!hosts.has(address)) hosts.set(address, parseAddress(address)?.host ?? URL.parse(address)?.host);
  return hosts.get(address);
}

const patterns = new Map<string, RegExp>();
function patternOf(source: string, isCaseSensitive = false): RegExp {
  const flags = isCaseSensitive ? '' : 'i';
  const known = patterns.get(flags + source);
  if (known) return known;
  const made = new RegExp(source, flags);
  patterns.set(flags + source, made);
  return made;
}
