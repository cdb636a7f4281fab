import { digestIn } from '../rules/compile.ts';
import type { PackagedRuleset } from '../rules/packaged.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from './enforce.ts';

type Dnr = typeof chrome.declarativeNetRequest;
const forPupils: PackagedRuleset = 'pupils';
type ChromeRule = chrome.declarativeNetRequest.Rule;

/**
 * Chrome's rules behind our narrow door: a ruleset becomes what is given, in one call, or stays as it is. Of session
 * rules only the difference is sent while the sentinel says that Chrome has what was written here last: to fetch and
 * send all of them takes longer than what Chrome does with them.
 */
export function createRuleset(dnr: Dnr): Ruleset {
  const toChrome = (rules: Rule[]) => rules as unknown as ChromeRule[];
  const idsOf = (rules: { id: number }[]) => rules.map(({ id }) => id);
  let written: { digest: string | null; texts: ReadonlyMap<number, string> } | null = null;
  return {
    getSessionRules: async (filter) =>
      (await (filter ? dnr.getSessionRules(filter) : dnr.getSessionRules())) as unknown as Rule[],
    getDynamicRules: async (filter) => (await dnr.getDynamicRules(filter)) as unknown as Rule[],
    replaceSession: async (rules, carried) => {
      const texts = new Map(rules.map((rule) => [rule.id, JSON.stringify(rule)]));
      const before = carried !== null && written?.digest === carried ? written.texts : null;
      // Refused or cut short: nobody knows until it is written again.
      written = null;
      await dnr.updateSessionRules({
        removeRuleIds: before
          ? [...before].filter(([id, text]) => texts.get(id) !== text).map(([id]) => id)
          : idsOf(await dnr.getSessionRules()),
        addRules: toChrome(before ? rules.filter(({ id }) => texts.get(id) !== before.get(id)) : rules),
      });
      written = { digest: digestIn(rules, 'session'), texts };
    },
    isForPupils: async () => (await dnr.getEnabledRulesets()).includes(forPupils),
    setForPupils: async (on) =>
      dnr.updateEnabledRulesets(on ? { enableRulesetIds: [forPupils] } : { disableRulesetIds: [forPupils] }),
    replaceDynamic: async (rules) =>
      dnr.updateDynamicRules({
        removeRuleIds: idsOf(await dnr.getDynamicRules()),
        addRules: toChrome(rules),
      }),
  };
}
