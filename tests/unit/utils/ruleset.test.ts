import { expect, test } from 'vitest';
import { sentinel } from '../../../rules/compile.ts';
import type { Rule } from '../../../rules/rule.ts';
import { createRuleset } from '../../../utils/ruleset.ts';

/** Chrome's session rules, and what each call asked of it. */
function fakeChrome() {
  let rules: Rule[] = [];
  let refuses = false;
  const calls: { removed: number[]; added: number[] }[] = [];
  const dnr = {
    getSessionRules: async () => rules,
    updateSessionRules: async ({ removeRuleIds = [], addRules = [] }: Change) => {
      if (refuses) throw new Error('refused');
      calls.push({ removed: removeRuleIds, added: addRules.map(({ id }) => id) });
      rules = [...rules.filter(({ id }) => !removeRuleIds.includes(id)), ...addRules];
    },
  };
  return {
    door: createRuleset(dnr as unknown as typeof chrome.declarativeNetRequest),
    calls,
    now: () => [...rules].sort((a, b) => a.id - b.id),
    refuse: (is: boolean) => {
      refuses = is;
    },
    /** Another context of ours writes. */
    loseAll: () => {
      rules = [];
    },
  };
}
type Change = { removeRuleIds?: number[]; addRules?: Rule[] };

const allow = (id: number, host: string): Rule => ({
  id,
  priority: 1,
  action: { type: 'allow' },
  condition: { requestDomains: [host], resourceTypes: ['main_frame'] },
});
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const before = [sentinel('session', A), allow(4000, 'one.example'), allow(8000, 'two.example')];
const after = [sentinel('session', B), allow(4000, 'other.example'), allow(8000, 'two.example')];

test('while Chrome has what was written last, only the difference is sent, in one call', async () => {
  const chrome = fakeChrome();
  await chrome.door.replaceSession(before, null);
  await chrome.door.replaceSession(after, A);
  expect(chrome.now()).toEqual(after);
  expect(chrome.calls.slice(1)).toEqual([{ removed: [100, 4000], added: [100, 4000] }]);
  await chrome.door.replaceSession([sentinel('session', A)], B);
  expect(chrome.now()).toEqual([sentinel('session', A)]);
});

test('rules of which the sentinel says something else, or nothing, are replaced whole', async () => {
  for (const carried of [null, 'c'.repeat(40)]) {
    const chrome = fakeChrome();
    await chrome.door.replaceSession(before, null);
    chrome.loseAll();
    await chrome.door.replaceSession(after, carried);
    expect(chrome.now()).toEqual(after);
  }
});

test('after a refusal nothing that was remembered counts', async () => {
  const chrome = fakeChrome();
  await chrome.door.replaceSession(before, null);
  chrome.refuse(true);
  await expect(chrome.door.replaceSession(after, A)).rejects.toThrow('refused');
  chrome.refuse(false);
  expect(chrome.now()).toEqual(before);
  await chrome.door.replaceSession(after, A);
  expect(chrome.now()).toEqual(after);
  expect(chrome.calls.at(-1)?.added).toEqual(after.map(({ id }) => id));
});
