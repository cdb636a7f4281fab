import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from './enforce.ts';

type Dnr = typeof chrome.declarativeNetRequest;
type ChromeRule = chrome.declarativeNetRequest.Rule;

/** Chrome's rules behind our narrow door: a ruleset is replaced whole, in one call, or not at all. */
export function createRuleset(dnr: Dnr): Ruleset {
  const toChrome = (rules: Rule[]) => rules as unknown as ChromeRule[];
  const idsOf = (rules: { id: number }[]) => rules.map(({ id }) => id);
  return {
    getSessionRules: async (filter) =>
      (await (filter ? dnr.getSessionRules(filter) : dnr.getSessionRules())) as unknown as Rule[],
    getDynamicRules: async (filter) => (await dnr.getDynamicRules(filter)) as unknown as Rule[],
    replaceSession: async (rules) =>
      dnr.updateSessionRules({
        removeRuleIds: idsOf(await dnr.getSessionRules()),
        addRules: toChrome(rules),
      }),
    replaceDynamic: async (rules) =>
      dnr.updateDynamicRules({
        removeRuleIds: idsOf(await dnr.getDynamicRules()),
        addRules: toChrome(rules),
      }),
  };
}
