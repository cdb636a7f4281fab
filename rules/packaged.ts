import { closedRules } from './closed.ts';
import { pupilRules } from './pupils.ts';
import type { Rule } from './rule.ts';

/** The rulesets that the extension carries along. All are on from the start: what is not known yet is closed. */
export const packagedRulesets = ['closed', 'pupils'] as const;
export type PackagedRuleset = (typeof packagedRulesets)[number];

/** Where a ruleset's rules stand in the extension. */
export const fileOf = (ruleset: PackagedRuleset): string => `${ruleset}.json`;

/** The rules, which name the block page by the id that the school's key gives the extension. */
export const packagedRules = (extensionId: string): Record<PackagedRuleset, Rule[]> => ({
  closed: closedRules(extensionId),
  pupils: pupilRules(extensionId),
});

/** The manifest's part that names them. */
export const ruleResources = () => packagedRulesets.map((id) => ({ id, enabled: true, path: fileOf(id) }));
