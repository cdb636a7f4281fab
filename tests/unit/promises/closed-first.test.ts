import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { blockPageOf, closedRules } from '../../../rules/closed.ts';
import { compile, compileLists } from '../../../rules/compile.ts';
import { decide } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { pathsIn } from '../../../rules/lists/paths.ts';
import { allTypes } from '../../../rules/rule.ts';
import { stages } from '../../../rules/stages.ts';
import { standingOf } from '../../../rules/standing.ts';
import { tierNames, tierOf, tiers } from '../../../rules/tiers.ts';
import config from '../../../wxt.config.ts';
import { exampleSchool } from '../rules/exampleSchool.ts';

/** Promises 1, 2 and 3, as far as they can be seen without Chromium. */
const id = 'a'.repeat(32);
const now = Date.parse('2026-11-20T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const host = 'listed.example';

test('promise 1: the packaged rules are in the manifest, and on', () => {
  const { declarative_net_request } = config.manifest as unknown as {
    declarative_net_request: { rule_resources: object[] };
  };
  expect(declarative_net_request.rule_resources).toEqual(
    expect.arrayContaining([{ id: 'closed', enabled: true, path: 'closed.json' }]),
  );
  for (const resource of declarative_net_request.rule_resources)
    expect(resource).toMatchObject({ enabled: true });
});

test('promise 1: every type of every site meets a packaged rule that closes, and only our own requests pass', () => {
  const rules = closedRules(id);
  for (const rule of rules) expect(tierOf(rule)).toBe('packaged');
  const plain = rules.filter(
    ({ action, condition }) => action.type === 'block' && condition.urlFilter === '*',
  );
  // The page too: should the redirect above not apply, it is closed all the same (CHROME-FACTS 1).
  for (const type of allTypes)
    expect(
      plain.some(({ condition }) => condition.resourceTypes.includes(type)),
      type,
    ).toBe(true);
  const redirect = rules.find(({ action }) => action.type === 'redirect');
  expect(redirect?.condition.resourceTypes).toEqual(['main_frame']);
  expect(redirect?.priority).toBeGreaterThan(
    plain.find(({ condition }) => condition.resourceTypes.includes('main_frame'))?.priority ?? Infinity,
  );
  for (const { action, condition } of rules) {
    if (action.type !== 'allow') continue;
    expect(condition.initiatorDomains).toEqual([id]);
    expect(condition.resourceTypes).not.toContain('main_frame');
  }
});

/** Lists that say hosts and single pages of every category that any stage closes. */
function listed(): Documents {
  const { policy } = exampleSchool();
  const closed = stages.flatMap((stage) => [
    ...policy.stages[stage].closedAlways,
    ...policy.stages[stage].closedAlone,
  ]);
  const categories = [...new Set([...closed, 'illegal' as const])];
  return {
    ...exampleSchool(Object.fromEntries(categories.map((category) => [category, [host]]))),
    paths: new Map(categories.map((category) => [category, pathsIn('site.example/games\n', 100)])),
  };
}

test.each(stages)('promise 2: at %s dynamic rules only close, for hosts and for single pages', (stage) => {
  const { dynamic, session } = compile(listed(), { stage, groups: [], now }, blockPageOf(id));
  expect(dynamic.some(({ condition }) => condition.requestDomains?.includes(host))).toBe(true);
  expect(dynamic.some(({ condition }) => condition.urlFilter?.includes('site.example/games'))).toBe(true);
  for (const { action } of dynamic) expect(['block', 'redirect']).toContain(action.type);
  for (const { condition } of [...dynamic, ...session])
    expect(condition.resourceTypes.length).toBeGreaterThan(0);
});

test('promise 3: nobody lifts what is locked', () => {
  expect(tiers.locked.liftedBy).toEqual([]);
  expect(tierNames[0]).toBe('locked');
});

/** A device whose adults open that host in every way they have: list, lesson, grant. */
function opening(documents: Documents): Documents {
  const { policy } = exampleSchool();
  const site = { entry: host };
  return {
    ...documents,
    policy: {
      ...policy,
      lists: [{ id: 'open', title: 'Open', says: 'open', entries: [site] }, ...policy.lists],
    },
    orders: {
      kind: 'orders',
      schema: 1,
      mustUnderstand: [],
      school: policy.school,
      epoch: 1,
      issuedAt: at(-5),
      expiresAt: at(60),
      lessons: [
        {
          id: 'l',
          adult: 'Ms Reed',
          groups: ['all'],
          kind: 'supervised',
          sites: [site],
          bundles: [],
          startsAt: at(-5),
          endsAt: at(30),
        },
      ],
      grants: [
        {
          id: 'g',
          scope: { groups: ['all'] },
          entries: [site],
          reason: 'a test',
          by: 'Ms Reed',
          startsAt: at(-5),
          endsAt: at(30),
        },
      ],
      closings: [],
      suspensions: [],
    },
  };
}

test.each(stages)('promise 3: at %s no list, lesson or grant opens what is against the law', (stage) => {
  const address = parseAddress(`https://${host}/`);
  if (!address) throw new Error(host);
  const situation = { stage, groups: ['all'], now };
  const documents = opening(exampleSchool({ illegal: [host] }));
  expect(decide(documents, situation, address)).toMatchObject({ open: false, tier: 'locked' });
  // The rule that closes it is the highest there is, in the ruleset of lists.
  const rules = compileLists(documents, standingOf(documents, situation), blockPageOf(id));
  expect(rules.filter(({ condition }) => condition.requestDomains?.includes(host)).map(tierOf)).toEqual([
    'locked',
    'locked',
  ]);
  // Without the list the same adults do open it: the test can fail.
  expect(decide(opening(exampleSchool()), situation, address).open).toBe(true);
});
