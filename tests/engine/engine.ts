import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { extensionIdOf } from '../../admin/pack/key.ts';
import type { Compiled } from '../../rules/compile.ts';
import { fileOf, packagedRules, packagedRulesets, ruleResources } from '../../rules/packaged.ts';
import type { ResourceType, Rule } from '../../rules/rule.ts';
import { headerIds, type TierName, tierOf } from '../../rules/tiers.ts';
import { openProfile, type ProfileOptions } from '../fixtures/profile.ts';

/** One request as Chrome's engine sees it. */
export type Question = { url: string; type: ResourceType; topUrl?: string; initiator?: string };
/** What the engine says. */
export type Outcome = {
  open: boolean;
  ruleId: number | null;
  /** The tier of the rule that decided; null where none matched, which is open. */
  tier: TierName | null;
  /** The address is changed on its way, and then judged again. */
  transformed: boolean;
  /** A rule writes headers. */
  restricted: boolean;
};

/** What Chrome enforces; without `pupils` their packaged ruleset is off. */
export type Rulesets = Pick<Compiled, 'session' | 'dynamic'> & Partial<Pick<Compiled, 'pupils'>>;

export type Engine = {
  extensionId: string;
  /** A new tab of the browser that holds the rules. */
  newPage(): Promise<Page>;
  /** Chrome's own check, which refuses a rule by throwing. */
  enforce(rules: Rulesets): Promise<void>;
  /** Takes every dynamic rule away, then gives these; answers how long Chrome took for them, in milliseconds. */
  timeDynamic(rules: readonly Rule[]): Promise<number>;
  ask(questions: readonly Question[]): Promise<Outcome[]>;
  supported(regex: string, isCaseSensitive?: boolean): Promise<boolean>;
  close(): Promise<void>;
};

/** A fixed key, so that the stub's packaged rules can name its id. Nobody has the private half. */
const key =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyba7CXWFjx9DDTf0DTRTez5j9NK7bB/N1HNQpaO1hD4LnwFYdMXo99fiubP8SRy45HUSU87FirJNR4pHz0wok6+1xMxXOdzo1gOSqP8hEO7KJFlToYrynf5DXH1ARzYu7Cktqczv5CfVUu4UZa2Z0J/Q81raMYgiJ7cBI6PE05R25oyXMYF+0fWag3hrkxFYJp+GGppLXlJm6ZSzEav8UMQy/7bOilh0xjd4wI0dTQKl6w0XRltcG+Pgk9SdNOzG1sPy/vJIQLr2/vihHkW33D/zFVgxKAAA+ivKrDhOsAqFAT1GONCILw6JsWOKnBTI2Mr7WneL/c9FSZguLwNgvwIDAQAB';

/** The real engine with our rules in it: a stub extension in real Chromium, asked through `testMatchOutcome`. */
export async function openEngine(options: Pick<ProfileOptions, 'resolverRules'> = {}): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'keystage-engine-'));
  const extensionId = extensionIdOf(Buffer.from(key, 'base64'));
  await mkdir(folder, { recursive: true });
  const packaged = packagedRules(extensionId);
  const forPupils = JSON.stringify(packaged.pupils);
  await Promise.all([
    writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest)),
    ...packagedRulesets.map((ruleset) =>
      writeFile(join(folder, fileOf(ruleset)), JSON.stringify(packaged[ruleset])),
    ),
    writeFile(join(folder, 'worker.js'), ''),
    writeFile(join(folder, 'blocked.html'), '<!doctype html>'),
  ]);
  const profile = await openProfile({ ...options, extensionId, unpacked: folder });
  const worker = await profile.worker();
  const known = new Map([...packaged.closed, ...packaged.pupils].map(readRule));

  return {
    extensionId,
    newPage: () => profile.context.newPage(),
    enforce: async ({ session, dynamic, pupils = [] }) => {
      for (const [id, rule] of [...session, ...dynamic, ...pupils].map(readRule)) known.set(id, rule);
      // A packaged ruleset is as it is: one that a mutation has changed stands among the session rules instead.
      const isPackaged = JSON.stringify(pupils) === forPupils;
      await worker.evaluate(
        async ([sessionRules, dynamicRules, isOn]) => {
          const dnr = chrome.declarativeNetRequest;
          await dnr.updateEnabledRulesets(
            isOn ? { enableRulesetIds: ['pupils'] } : { disableRulesetIds: ['pupils'] },
          );
          const ids = (rules: { id: number }[]) => rules.map(({ id }) => id);
          await dnr.updateDynamicRules({
            removeRuleIds: ids(await dnr.getDynamicRules()),
            addRules: dynamicRules as unknown as chrome.declarativeNetRequest.Rule[],
          });
          await dnr.updateSessionRules({
            removeRuleIds: ids(await dnr.getSessionRules()),
            addRules: sessionRules as unknown as chrome.declarativeNetRequest.Rule[],
          });
        },
        [isPackaged ? session : [...session, ...pupils], dynamic, isPackaged] as [Rule[], Rule[], boolean],
      );
    },
    timeDynamic: async (rules) => {
      // Beside the extension's files, because fifteen megabytes are slow by any other way in.
      await writeFile(join(folder, 'rules.json'), JSON.stringify(rules));
      return worker.evaluate(async () => {
        const dnr = chrome.declarativeNetRequest;
        const removeRuleIds = (await dnr.getDynamicRules()).map(({ id }) => id);
        await dnr.updateDynamicRules({ removeRuleIds });
        const addRules = await (await fetch('rules.json')).json();
        const began = performance.now();
        await dnr.updateDynamicRules({ addRules });
        return performance.now() - began;
      });
    },
    ask: async (questions) => {
      const matched = await worker.evaluate(async (asked) => {
        const one = async ({ url, type, topUrl, initiator }: (typeof asked)[number]) => {
          const { matchedRules } = await chrome.declarativeNetRequest.testMatchOutcome({
            url,
            type: type as chrome.declarativeNetRequest.ResourceType,
            ...(topUrl ? { topUrl } : {}),
            ...(initiator ? { initiator } : {}),
          } as chrome.declarativeNetRequest.TestMatchRequestDetails);
          return matchedRules.map(({ ruleId }) => ruleId);
        };
        return Promise.all(asked.map(one));
      }, questions as Question[]);
      return matched.map((ids): Outcome => {
        // Rules that write headers decide nothing; of the others Chrome names the one that does.
        const ruleId = ids.find((id) => !isHeader(id)) ?? null;
        const restricted = ids.some(isHeader);
        if (ruleId === null) return { open: true, ruleId, tier: null, transformed: false, restricted };
        const rule = known.get(ruleId);
        if (!rule) throw new Error(`Chrome names rule ${ruleId}, which nobody gave it`);
        return { ...rule, ruleId, restricted };
      });
    },
    /** Whether Chrome's engine takes a pattern: its compiled form may not exceed 2 kB. */
    supported: (regex: string, isCaseSensitive = true): Promise<boolean> =>
      worker.evaluate(
        async (options) => (await chrome.declarativeNetRequest.isRegexSupported(options)).isSupported,
        { regex, isCaseSensitive },
      ),
    close: async () => {
      await profile.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const isHeader = (id: number) => id >= headerIds[0] && id <= headerIds[1];

/** What a rule does when it decides. A transform keeps a page open, under a safer address. */
export function readRule(rule: Rule): [number, Pick<Outcome, 'open' | 'tier' | 'transformed'>] {
  const { id, action } = rule;
  const transformed = action.type === 'redirect' && 'transform' in action.redirect;
  const open = action.type === 'allow' || transformed;
  const tier = tierOf(rule);
  // What stands over a grant and closes what would misuse it is the guard's (`over` in rules/tiers.ts).
  return [id, { open, transformed, tier: tier === 'grant' && !open ? 'guard' : tier }];
}

const manifest = {
  manifest_version: 3,
  name: 'Keystage engine',
  version: '1',
  key,
  permissions: ['declarativeNetRequest', 'declarativeNetRequestFeedback'],
  host_permissions: ['<all_urls>'],
  background: { service_worker: 'worker.js' },
  declarative_net_request: { rule_resources: ruleResources() },
  web_accessible_resources: [{ resources: ['blocked.html'], matches: ['<all_urls>'], use_dynamic_url: true }],
};
