import { expect, test } from 'vitest';
import { isListFor } from '../../../rules/list-for.ts';

const years7to9 = { stage: 'KS3' as const, groups: ['8a'] };

test.each([
  ['nobody in particular', {}, true],
  ['its stage', { stages: ['KS2' as const, 'KS3' as const] }, true],
  ['another stage', { stages: ['KS1' as const] }, false],
  ['its class', { groups: ['7b', '8a'] }, true],
  ['other classes', { groups: ['9a'] }, false],
  ['its class at another stage', { stages: ['KS2' as const], groups: ['8a'] }, false],
])('a list that names %s', (_, list, is) => {
  expect(isListFor(list, years7to9)).toBe(is);
});
