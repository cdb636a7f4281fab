import type { Rule } from './rule.ts';
import { budgets } from './tiers.ts';

/**
 * Session rules for the time in which the lists are exchanged: they open what the old and the new ones both open, and
 * close what either closes. So whichever lists are in force meanwhile, the web is never wider than before and after.
 * Where both together find no room, nothing opens: the packaged rules close every page.
 */
export function sessionBetween(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const opensAfter = after.filter(({ action }) => action.type === 'allow').flatMap(apart);
  const kept = new Map(opensAfter.map((rule) => [saidBy(rule), rule]));
  const opens = before
    .filter(({ action }) => action.type === 'allow')
    .flatMap(apart)
    .filter((rule) => kept.has(saidBy(rule)));
  const closings = new Map(
    [...before, ...after].filter(({ action }) => action.type !== 'allow').map((rule) => [saidBy(rule), rule]),
  );
  const rules = [...closings.values(), ...together(opens)];
  const patterns = rules.filter(({ condition }) => condition.regexFilter !== undefined).length;
  if (rules.length >= budgets.session || patterns > budgets.regex - budgets.regexOfLists) return [];
  return rules.map((rule, index) => ({ ...rule, id: FIRST_ID + index }));
}

/** Away from every tier's own ids: these rules live for seconds. */
const FIRST_ID = 50_000;

/** What a rule says, whatever its number and the order in which Chrome gives its parts back. */
const saidBy = ({ id: _, ...rule }: Rule): string =>
  JSON.stringify(rule, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
      : Array.isArray(value)
        ? [...value].sort()
        : value,
  );

/** A rule for many hosts as one for each, so that what two lists have in common can be told. */
function apart(rule: Rule): Rule[] {
  const { condition } = rule;
  const requests = condition.requestDomains?.map((host) => ({ requestDomains: [host] })) ?? [{}];
  const tops = condition.topDomains?.map((host) => ({ topDomains: [host] })) ?? [{}];
  return requests.flatMap((request) =>
    tops.map((top) => ({ ...rule, condition: { ...condition, ...request, ...top } })),
  );
}

/** The same in few rules again: one for each that differ in their requested host alone. */
function together(rules: readonly Rule[]): Rule[] {
  const joined = new Map<string, Rule>();
  for (const rule of rules) {
    const { requestDomains, ...rest } = rule.condition;
    const key = saidBy({ ...rule, condition: rest }) + (requestDomains ? ' hosts' : '');
    const same = joined.get(key);
    const hosts = [...(same?.condition.requestDomains ?? []), ...(requestDomains ?? [])];
    joined.set(
      key,
      requestDomains
        ? { ...rule, condition: { ...rule.condition, requestDomains: [...new Set(hosts)] } }
        : rule,
    );
  }
  return [...joined.values()];
}
