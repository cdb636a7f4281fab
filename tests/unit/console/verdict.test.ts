import { expect, test } from 'vitest';
import { verdictSentence } from '../../../admin/console/src/verdict.ts';
import { say } from '../../../admin/console/src/words.ts';
import { type TierName, tierNames, tiers } from '../../../rules/tiers.ts';

const item = { stage: 'KS2', category: null, lesson: null };

test('an open page names the list and the entry that opened it', () => {
  const verdict = { open: true, tier: 'allow', entry: 'bbc.co.uk/bitesize' } as const;
  expect(verdictSentence(say, { ...item, verdict, listTitle: 'Maths' })).toBe(
    'Open because your school’s list “Maths” allows bbc.co.uk/bitesize.',
  );
  expect(verdictSentence(say, { ...item, verdict })).toBe(
    'Open because one of your school’s lists allows bbc.co.uk/bitesize.',
  );
});

test('a closed page names its category and the stage', () => {
  expect(
    verdictSentence(say, { ...item, verdict: { open: false, tier: 'closedAlone', category: 'games' } }),
  ).toBe('Closed because the category “games” is closed for KS2 when no adult is there.');
});

test('a grant names the lesson where there was one', () => {
  expect(
    verdictSentence(say, {
      ...item,
      lesson: '4 Ash, History',
      verdict: { open: true, tier: 'grant', entry: 'mylearning.org' },
    }),
  ).toBe('Open because mylearning.org was opened for the lesson 4 Ash, History.');
});

test('every tier has a sentence that agrees with what the tier says, with and without its particulars', () => {
  for (const tier of tierNames) {
    const open = tiers[tier].says === 'open';
    const begins = open ? /^Open because / : /^Closed because /;
    const bare = { open, tier: tier as TierName };
    expect(verdictSentence(say, { ...item, verdict: bare })).toMatch(begins);
    expect(verdictSentence(say, { ...item, category: 'games', verdict: bare })).toMatch(begins);
    expect(verdictSentence(say, { ...item, verdict: { ...bare, entry: 'example.org' } })).toMatch(begins);
  }
});
