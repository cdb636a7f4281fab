import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { blockPageOf } from '../../../rules/closed.ts';
import { compile } from '../../../rules/compile.ts';
import { decide } from '../../../rules/decide.ts';
import { Orders } from '../../../rules/orders.ts';
import type { SchoolList } from '../../../rules/policy.ts';
import type { Situation } from '../../../rules/situation.ts';
import { exampleSchool } from './exampleSchool.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const pupil = (stage: Situation['stage']): Situation => ({ stage, groups: ['7a', '5c'], pupil: 'p', now });

const withEntries = (says: SchoolList['says'], ...entries: string[]) => {
  const school = exampleSchool();
  const list = { id: 'tested', title: 'Tested', says, entries: entries.map((entry) => ({ entry })) };
  return { ...school, policy: { ...school.policy, lists: [list] } };
};
const granting = (...entries: string[]) => ({
  ...withEntries('open'),
  orders: Orders.parse({
    schema: 1,
    mustUnderstand: [],
    school: 'school',
    epoch: 1,
    issuedAt: at(-5),
    kind: 'orders',
    expiresAt: at(600),
    lessons: [],
    grants: [
      {
        id: 'g',
        scope: { groups: ['5c'] },
        entries: entries.map((entry) => ({ entry })),
        reason: 'r',
        by: 'b',
        startsAt: at(-5),
        endsAt: at(30),
      },
    ],
    closings: [],
    suspensions: [],
  }),
});
const verdict = (school: ReturnType<typeof exampleSchool>, stage: Situation['stage'], text: string) => {
  const address = parseAddress(text);
  if (!address) throw new Error(text);
  return decide(school, pupil(stage), address);
};
const watch = 'https://www.youtube.com/watch';

describe('what opens one video opens no other beside it', () => {
  const video = 'youtube.com/watch?v=aaaaaaaaaaa';
  test.each([
    ['approved', withEntries('open', video)],
    ['granted', granting(video)],
  ])('%s', (_, school) => {
    expect(verdict(school, 'KS2', `${watch}?v=aaaaaaaaaaa`)).toMatchObject({ open: true });
    expect(verdict(school, 'KS2', `${watch}?list=x&v=aaaaaaaaaaa&t=5`)).toMatchObject({ open: true });
    for (const query of [
      'v=aaaaaaaaaaa&v=bbbbbbbbbbb',
      'v=bbbbbbbbbbb&v=aaaaaaaaaaa',
      'v=bbbbbbbbbbb&t=5&v=aaaaaaaaaaa',
      'v&v=aaaaaaaaaaa',
      '%76=bbbbbbbbbbb&v=aaaaaaaaaaa',
      'v=aaaaaaaaaaa&%76=bbbbbbbbbbb',
      'v=aaaaaaaaaaa&v[]=bbbbbbbbbbb',
      'v=aaaaaaaaaaa&v%5B%5D=bbbbbbbbbbb',
    ])
      expect(verdict(school, 'KS2', `${watch}?${query}`), query).toMatchObject({
        open: false,
        tier: 'guard',
        reason: { code: 'guard-repeated' },
      });
  });

  test('a value that looks like the key is no second key', () => {
    expect(
      verdict(withEntries('open', 'example.org/a?v=v'), 'KS2', 'https://example.org/a?v=v'),
    ).toMatchObject({
      open: true,
    });
  });

  test('a thousand videos are two pairs of rules more, not two thousand', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `a${String(index).padStart(10, '0')}`);
    const rules = (count: number) =>
      compile(
        withEntries('open', ...ids.slice(0, count).map((id) => `youtube.com/watch?v=${id}`)),
        pupil('KS2'),
        blockPageOf('a'.repeat(32)),
      ).session.length;
    expect(rules(100) - rules(1)).toBe(99);
  });
});

describe('what closes a path closes every spelling of it', () => {
  test.each(['closed', 'locked'] as const)('%s', (says) => {
    const school = withEntries(says, 'example.org/games', 'example.org/play?id=bad');
    for (const rest of [
      'games',
      'games/1',
      'Games',
      'GAMES/',
      '/games',
      '//games',
      '%67ames',
      'ga%6des',
      '%67%61%6d%65%73',
      './/games',
      'play?id=bad',
      'Play?ID=bad',
      'play?%69d=bad',
      'play?id=b%61d',
    ])
      expect(verdict(school, 'KS4', `https://example.org/${rest}`), rest).toMatchObject({
        open: false,
        tier: says === 'locked' ? 'locked' : 'block',
      });
    for (const rest of ['', 'lessons', 'a%20b', 'caf%C3%A9', 'play?id=good', 'play?q=a%26b'])
      expect(verdict(school, 'KS4', `https://example.org/${rest}`), rest).toMatchObject({ open: true });
  });

  test('what opens a path still opens that spelling alone', () => {
    const school = withEntries('open', 'example.org/maths');
    expect(verdict(school, 'KS2', 'https://example.org/maths/1')).toMatchObject({ open: true });
    for (const rest of ['Maths', '/maths', '%6daths'])
      expect(verdict(school, 'KS2', `https://example.org/${rest}`)).toMatchObject({ open: false });
  });
});

test('a search whose path is spelled with % or doubled slashes is closed, because nothing makes it safe', () => {
  for (const path of ['%73earch?q=a', '/search?q=a', 's%65arch?q=a'])
    expect(verdict(exampleSchool(), 'KS3', `https://www.google.com/${path}`), path).toMatchObject({
      open: false,
      reason: { code: 'guard-search' },
    });
  expect(verdict(exampleSchool(), 'KS3', 'https://www.google.com/search?q=a%20b')).toMatchObject({
    open: true,
  });
});
