import { expect, test } from 'vitest';
import { Catalogue } from '../../../rules/catalogue.ts';
import { documentsFor, type ListInForce } from '../../../utils/held.ts';

const held = { policy: null, orders: null, catalogue: null };
const games: ListInForce = { category: 'games', sha256: 'a'.repeat(64) };
const chat: ListInForce = { category: 'chat', sha256: 'b'.repeat(64) };

test('a list whose text is not there is unknown, never empty, and is found once it is there', async () => {
  const texts = new Map([[chat.sha256, 'chat.example\n']]);
  const store = { list: async (sha256: string) => texts.get(sha256) };
  const without = await documentsFor(held, [games, chat], null, store);
  expect(without.listsInForce).toBe(false);
  expect([...without.lists.keys()]).toEqual(['chat']);
  texts.set(games.sha256, 'games.example\n');
  const withIt = await documentsFor(held, [games, chat], null, store);
  expect(withIt.listsInForce).toBe(true);
  expect(withIt.lists.get('games')?.has('games.example')).toBe(true);
});

test('single pages of a list are read once, and room in Chrome’s rules goes to the first lists', async () => {
  let reads = 0;
  const texts = new Map([
    [games.sha256, 'games.example\n'],
    ['p1', 'site.example/a\nsite.example/b\n'],
  ]);
  const store = {
    list: async (sha256: string) => {
      reads++;
      return texts.get(sha256);
    },
  };
  const named = [{ ...games, paths: 'p1' }];
  const first = await documentsFor(held, named, null, store);
  const again = await documentsFor(held, named, null, store);
  expect(first.paths?.get('games')?.inRules).toEqual(['site.example/a', 'site.example/b']);
  expect(again.paths?.get('games')).toBe(first.paths?.get('games'));
  expect(reads).toBeLessThanOrEqual(2);
  const lost = await documentsFor(held, [{ ...games, paths: 'p2' }], null, store);
  expect(lost.listsInForce).toBe(false);
});

test('lists stay in memory while rules are written that need none, and go when they are no longer in force', async () => {
  let reads = 0;
  const store = {
    list: async () => {
      reads++;
      return 'games.example\n';
    },
  };
  const list = { category: 'games' as const, sha256: 'd'.repeat(64) };
  await documentsFor(held, [list], null, store);
  await documentsFor(held, null, null, store);
  await documentsFor(held, [list], null, store);
  expect(reads).toBe(1);
  await documentsFor(held, [], null, store);
  await documentsFor(held, [list], null, store);
  expect(reads).toBe(2);
});

test('a list of a category that this version does not know does not cost the catalogue', () => {
  const list = { sha256: 'c'.repeat(64), hosts: 1, bytes: 1 };
  const catalogue = Catalogue.parse({
    schema: 1,
    mustUnderstand: [],
    school: 'school',
    epoch: 1,
    issuedAt: '2026-11-20T10:00:00Z',
    kind: 'catalogue',
    lists: [
      { category: 'holograms', shape: { of: 'tomorrow' } },
      { category: 'games', ...list },
    ],
  });
  expect(catalogue.lists).toEqual([{ category: 'games', ...list }]);
});
