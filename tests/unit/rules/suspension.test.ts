import { expect, test } from 'vitest';
import { Orders } from '../../../rules/orders.ts';
import type { Situation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from './exampleSchool.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const end = new Date(now + 3_600_000).toISOString();
const orders = Orders.parse({
  schema: 1,
  mustUnderstand: [],
  school: 'wrenfield-all-through',
  epoch: 1,
  issuedAt: '2026-11-23T09:00:00Z',
  kind: 'orders',
  expiresAt: end,
  lessons: [],
  grants: [],
  closings: [],
  suspensions: [{ pupil: 'ada@school.example', reason: '', endsAt: end }],
});
const suspended = (pupil?: string) => {
  const situation: Situation = {
    stage: 'KS3',
    groups: ['7a'],
    now,
    ...(pupil === undefined ? {} : { pupil }),
  };
  return standingOf({ ...exampleSchool(), orders }, situation).suspendedUntil;
};

test('a suspension in the orders of a seat counts where Chrome tells no account: unknown is the strictest', () => {
  expect(suspended('ADA@school.example')).toBe(Date.parse(end));
  expect(suspended('ben@school.example')).toBeNull();
  expect(suspended()).toBe(Date.parse(end));
});
