import { expect, test } from 'vitest';
import { pupilRules } from '../../../rules/pupils.ts';
import { budgets, headerIds, tierNames, tiers } from '../../../rules/tiers.ts';
import { outcomeOf } from '../../engine/model.ts';

const id = 'a'.repeat(32);
const pupils = pupilRules(id);
const asks = (url: string, initiator?: string) =>
  outcomeOf(
    { session: [], dynamic: [], pupils },
    { url, type: 'xmlhttprequest', ...(initiator ? { initiator } : {}) },
  );

test('before any session rule the extension reaches its endpoint, also one that is an IP address', () => {
  expect(asks('http://127.0.0.1:8787/v1/policy', `chrome-extension://${id}/`)).toMatchObject({ open: true });
  expect(asks('http://127.0.0.1:8787/v1/policy', 'https://school.example/')).toMatchObject({
    open: false,
    tier: 'guard',
  });
});

test('every rule has its own id in its tier’s upper half, and the patterns are within Chrome’s budget', () => {
  expect(new Set(pupils.map((rule) => rule.id)).size).toBe(pupils.length);
  for (const rule of pupils.filter((one) => one.id !== headerIds[0])) {
    const tier = tierNames.find((name) => Math.floor(rule.priority / 10) === tiers[name].rank);
    const [first = 0, last = 0] = tier ? tiers[tier].ids : [];
    expect(rule.id).toBeGreaterThanOrEqual(first + 500);
    expect(rule.id).toBeLessThanOrEqual(last);
  }
  expect(pupils.filter(({ condition }) => condition.regexFilter).length).toBeLessThanOrEqual(budgets.regex);
});
