import { expect, test } from 'vitest';
import { listProblem, listState, listsLine, whyItWaits } from '../../../admin/console/src/lists.ts';
import { say } from '../../../admin/console/src/words.ts';
import type { ListLine } from '../../../admin/subscriptions/wire.ts';

const version = (hosts: number, paths = 0, added = 0, removed = 0) => ({
  sha256: 'a'.repeat(64),
  hosts,
  paths,
  at: '2026-11-20T10:00:00.000Z',
  added,
  removed,
});
const list = (changes: Partial<ListLine> = {}): ListLine => ({
  id: 'games-ut1',
  category: 'games',
  url: 'https://lists.example/games.txt',
  everyHours: 24,
  mayDiffer: 0.2,
  checkedAt: null,
  problem: null,
  live: version(1_000),
  waiting: null,
  exceptions: [],
  ...changes,
});

test('one line says what all lists close, pages only where there are some', () => {
  expect(listsLine(say, [list()])).toBe('1 list closes 1,000 sites.');
  expect(listsLine(say, [list(), list({ live: version(592_203, 2_104) })])).toBe(
    '2 lists close 593,203 sites and 2,104 single pages.',
  );
});

test('a version that waits comes before a problem, and says by how much it differs', () => {
  const waits = list({
    waiting: version(1_400, 0, 450, 50),
    problem: { code: 'html', message: 'is a web page' },
  });
  expect(listState(waits)).toBe('waiting');
  expect(whyItWaits(say, waits)).toContain('450 entries come and 50 go: 50 % of the list. More than 20 %');
});

test('a problem has our words, else the endpoint’s own', () => {
  expect(listProblem(say, { code: 'html', message: '' })).toContain('A web page came');
  expect(listProblem(say, { code: 'odd', message: 'something odd' })).toBe('something odd');
});
