import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanList } from '../../../admin/catalogue.ts';
import { parseAddress } from '../../../rules/address.ts';
import { type CategoryId, categoryIds } from '../../../rules/categories.ts';
import { blockPageOf } from '../../../rules/closed.ts';
import { compile } from '../../../rules/compile.ts';
import { decide } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { Policy } from '../../../rules/policy.ts';
import type { Situation } from '../../../rules/situation.ts';
import { type Stage, stages } from '../../../rules/stages.ts';
import { standingOf } from '../../../rules/standing.ts';
import { budgets } from '../../../rules/tiers.ts';

const file = (path: string) => readFileSync(resolve(import.meta.dirname, '../../../admin', path), 'utf8');
const lists = new Map(
  categoryIds
    .filter((id) => id !== 'illegal')
    .map((id): [CategoryId, ReadonlySet<string>] => [id, new Set(cleanList(file(`lists/${id}.txt`)).hosts)]),
);
const documentsOf = (name: string): Documents => ({
  policy: Policy.parse(JSON.parse(file(`examples/${name}.json`))),
  orders: null,
  lists,
  listsInForce: true,
});
const inAutumn = Date.parse('2026-11-20T10:00:00Z');
const someone = (stage: Stage, groups: string[] = [], now = inAutumn): Situation => ({ stage, groups, now });

describe('what the example schools mean, without an adult', () => {
  const school = documentsOf('all-through');
  const verdict = (situation: Situation, text: string) => {
    const address = parseAddress(text);
    if (!address) throw new Error(`${text} is no address`);
    const { open, tier, category } = decide(school, situation, address);
    return `${open ? 'open' : 'closed'} ${tier}${category ? ` ${category}` : ''}`;
  };

  it.each<[Situation, string, string]>([
    [someone('KS1', ['1a']), 'https://www.phonicsplay.co.uk/', 'closed packaged'],
    [someone('KS1', ['1a']), 'https://www.bbc.co.uk/cbeebies', 'closed packaged'],
    [someone('EYFS'), 'https://en.wikipedia.org/', 'closed packaged'],
    [someone('KS2', ['5-oak']), 'http://www.bbc.co.uk/bitesize', 'open allow'],
    [someone('KS2', ['5-oak']), 'https://www.bbc.co.uk/bitesize/levels/zbr9wmn', 'open allow'],
    [someone('KS2', ['5-oak']), 'https://www.bbc.co.uk/iplayer', 'closed packaged'],
    [someone('KS2', ['5-oak']), 'http://poki.com/', 'closed closedAlways games'],
    [someone('KS2', ['5-oak']), 'https://scratch.mit.edu/projects/editor/', 'open allow'],
    [someone('KS2', ['5-oak']), 'https://scratch.mit.edu/explore/projects/games/', 'closed block'],
    [someone('KS2', ['5-oak']), 'https://www.childline.org.uk/', 'open essential'],
    [someone('KS2', ['5-oak']), 'https://classroom.google.com/c/1', 'open allow'],
    [someone('KS3', ['7a']), 'https://www.theguardian.com/', 'open aloneOpen'],
    [someone('KS3', ['7a']), 'https://www.instagram.com/', 'closed closedAlways social'],
    [someone('KS3', ['7a']), 'https://chatgpt.com/', 'closed closedAlways ai-chat'],
    [someone('KS3', ['7a']), 'https://sites.google.com/wrenfield.example/history', 'open allow'],
    [someone('KS3', ['7a']), 'https://sites.google.com/view/unblocked', 'closed closedAlone personal-sites'],
    [someone('KS3', ['8a']), 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', 'open allow'],
    [someone('KS3', ['8a']), 'https://www.youtube.com/watch?v=aaaaaaaaaaa', 'closed closedAlone streaming'],
    [someone('KS3', ['7a']), 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', 'closed closedAlone streaming'],
    [someone('KS3', ['7a']), 'https://yandex.com/search?text=games', 'closed guard'],
    [someone('KS3', ['7a']), 'https://www.lukol.com/', 'closed closedAlways unsafe-search'],
    [someone('KS3', ['7a']), 'https://www.infowars.com/', 'closed closedAlone misinformation'],
    [someone('KS3', ['7a']), 'https://www.thehackernews.com/', 'open aloneOpen'],
    [someone('KS4', ['10a']), 'https://medium.com/', 'open aloneOpen'],
    [someone('staff'), 'https://chatgpt.com/', 'open aloneOpen'],
    [someone('staff'), 'https://ome.tv/', 'closed locked'],
    [someone('visitor'), 'https://www.bet365.com/', 'closed closedAlways gambling'],
  ])('%o %s: %s', (situation, text, expected) => {
    expect(verdict(situation, text)).toBe(expected);
  });

  it('lets the film of Year 8 end by itself', () => {
    const film = 'https://www.youtube.com/watch?v=aqz-KE-bpKQ';
    expect(verdict(someone('KS3', ['8a'], Date.parse('2026-12-18T15:59:59Z')), film)).toBe('open allow');
    expect(verdict(someone('KS3', ['8a'], Date.parse('2026-12-18T16:00:00Z')), film)).toBe(
      'closed closedAlone streaming',
    );
  });
});

describe.each(['primary', 'all-through'])('%s at every stage', (name) => {
  const school = documentsOf(name);
  it.each(stages)('%s: every line is read and every rule fits', (stage) => {
    const groups = (school.policy?.groups ?? []).filter((group) => group.stage === stage).map(({ id }) => id);
    const situation = someone(stage, groups);
    expect(standingOf(school, situation).unread).toEqual([]);
    const { session, notFitted } = compile(school, situation, blockPageOf('a'.repeat(32)));
    expect(notFitted).toEqual([]);
    expect(session.length).toBeGreaterThan(0);
    expect(session.length).toBeLessThan(budgets.session / 5);
  });
});
