import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { builtInBundles } from '../../../rules/bundles.ts';
import { categoryIds } from '../../../rules/categories.ts';
import { type Entry, matches, parseEntry } from '../../../rules/entry.ts';
import { Policy } from '../../../rules/policy.ts';
import { presetOf } from '../../../rules/presets.ts';
import { isEarlyYears, stages } from '../../../rules/stages.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../admin/examples/${name}.json`), 'utf8'));

const linesOf = (policy: Policy) => [
  ...policy.lists.flatMap(({ id, entries }) => entries.map((line) => ({ from: id, ...line }))),
  ...policy.bundles.flatMap(({ id, pages }) => pages.map((line) => ({ from: id, ...line }))),
];

function entryOf(text: string): Entry {
  const said = parseEntry(text);
  if (!said.ok) throw new Error(`${text}: ${said.code}`);
  return said.entry;
}

describe.each(['primary', 'all-through'])('the example school %s', (name) => {
  const policy = Policy.parse(read(name));

  it('is read without losing a field that it writes', () => {
    expect(policy).toEqual(read(name));
  });

  it('has only entries that can be read', () => {
    const refused = linesOf(policy).flatMap(({ from, entry }) => {
      const said = parseEntry(entry);
      return said.ok ? [] : [`${from}: ${entry}: ${said.code}`];
    });
    expect(refused).toEqual([]);
  });

  it('names frames, embeds, essential and help hosts as plain hosts', () => {
    const hosts = [
      ...policy.bundles.flatMap(({ frames }) => frames),
      ...policy.embeds.map(({ host }) => host),
      ...policy.essential.map(({ host }) => host),
      ...policy.help.flatMap(({ host }) => (host ? [host] : [])),
    ];
    const wrong = hosts.filter((host) => {
      const said = parseEntry(host);
      return !said.ok || said.entry.host !== host || said.entry.path !== undefined;
    });
    expect(wrong).toEqual([]);
  });

  it('says each thing once: groups, lists, bundles, entries of a list', () => {
    const repeated = (ids: string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
    expect(repeated(policy.groups.map(({ id }) => id))).toEqual([]);
    expect(repeated(policy.lists.map(({ id }) => id))).toEqual([]);
    expect(repeated(policy.bundles.map(({ id }) => id))).toEqual([]);
    expect(repeated(linesOf(policy).map(({ from, entry }) => `${from} ${entry}`))).toEqual([]);
  });

  it('uses only groups that it has, of the stages that the list is for', () => {
    const groups = new Map(policy.groups.map((group) => [group.id, group]));
    for (const list of policy.lists)
      for (const id of list.groups ?? []) {
        expect(groups.has(id), `${list.id}: ${id}`).toBe(true);
        if (list.stages) expect(list.stages).toContain(groups.get(id)?.stage);
      }
  });

  it('has a class for every stage that it says it has', () => {
    const expected = stages.filter((stage) => name === 'all-through' || !['KS3', 'KS4'].includes(stage));
    expect([...new Set(policy.groups.map(({ stage }) => stage))].sort()).toEqual([...expected].sort());
  });

  it('takes stages and bundles as they come, or says in its history why not', () => {
    const said = policy.history.map(({ what, why }) => `${what} ${why}`).join(' ');
    for (const stage of stages)
      if (!said.includes(`${stage} is not as preset`)) expect(policy.stages[stage]).toEqual(presetOf(stage));
    for (const bundle of policy.bundles)
      expect(bundle).toEqual(builtInBundles.find(({ id }) => id === bundle.id));
  });

  it('keeps the presets of DESIGN §6', () => {
    const access = Object.fromEntries(
      stages.map((stage) => [stage, `${policy.stages[stage].alone}, ${policy.stages[stage].supervised}`]),
    );
    expect(access).toEqual({
      EYFS: 'closed, closed',
      KS1: 'closed, closed',
      KS2: 'approved, filtered',
      KS3: 'filtered, filtered',
      KS4: 'filtered, filtered',
      staff: 'filtered, filtered',
      visitor: 'filtered, filtered',
    });
    for (const stage of stages.filter(isEarlyYears))
      expect(policy.stages[stage].closedAlways).toEqual([...categoryIds]);
    expect(policy.stages.KS3.closedAlways.length).toBeLessThan(policy.stages.KS3.closedAlone.length);
  });

  it('closes what the school may never open at every stage', () => {
    for (const stage of stages) expect(policy.stages[stage].closedAlways).toContain('illegal');
  });

  it('leaves KS2 a page to work on by http and by https, and games shut', () => {
    const ks2 = policy.lists.filter(({ says, stages: s }) => says === 'open' && s?.includes('KS2'));
    const opens = (text: string) =>
      ks2.some(({ entries }) =>
        entries.some(({ entry }) => matches(entryOf(entry), parseAddress(text) ?? never(text))),
      );
    expect(opens('http://www.bbc.co.uk/bitesize')).toBe(true);
    expect(opens('https://www.bbc.co.uk/bitesize/levels/zbr9wmn')).toBe(true);
    expect(opens('http://www.bbc.co.uk/iplayer')).toBe(false);
    expect(opens('http://poki.com/')).toBe(false);
    expect(policy.stages.KS2.closedAlways).toContain('games');
  });

  it('gives every contact a telephone from the range that Ofcom keeps for drama', () => {
    for (const { phone } of policy.contacts) if (phone) expect(phone).toMatch(/^01632 960\d{3}$/);
  });

  it('tells a child why, in at most 12 words, for every category', () => {
    for (const id of categoryIds) {
      const words = policy.reasons[id]?.split(' ') ?? [];
      expect(words.length, id).toBeGreaterThan(0);
      expect(words.length, id).toBeLessThanOrEqual(12);
    }
  });

  it('records who stood for its first change, with consent', () => {
    const [first] = policy.history;
    expect(first?.consent?.by).toBeTruthy();
    expect(first?.risk.educational.by).not.toBe(first?.risk.technical.by);
  });
});

function never(text: string): never {
  throw new Error(`${text} is no address`);
}
