import { expect, test } from 'vitest';
import { Orders } from '../../../rules/orders.ts';
import type { Settings } from '../../../rules/settings.ts';
import { situationOf } from '../../../utils/situation.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const settings: Settings = {
  endpoint: 'https://keystage.school.example',
  school: 'wrenfield',
  publicKeys: ['x'.repeat(43)],
  enrolmentToken: 'x'.repeat(16),
  stage: 'KS3',
  group: 'library',
};
const orders = (changes: object) =>
  Orders.parse({
    kind: 'orders',
    schema: 1,
    mustUnderstand: [],
    school: 'wrenfield',
    epoch: 1,
    issuedAt: '2026-11-20T10:00:00Z',
    // Expired two hours ago: who sits there is true all the same.
    expiresAt: '2026-11-20T10:00:01Z',
    lessons: [],
    grants: [],
    closings: [],
    suspensions: [],
    ...changes,
  });

test('class lists count above the managed stage and beside the managed group, also after their orders expired', () => {
  const said = orders({ stage: 'KS1', groups: ['2b', 'library'] });
  expect(situationOf(settings, said, { account: 'a@school.example' }, 'seat', now)).toEqual({
    stage: 'KS1',
    groups: ['library', '2b'],
    pupil: 'a@school.example',
    seat: 'seat',
    now,
  });
});

test('without class lists the managed settings stand; without settings nothing is known, whatever orders say', () => {
  expect(situationOf(settings, orders({}), {}, undefined, now)).toEqual({
    stage: 'KS3',
    groups: ['library'],
    now,
  });
  const said = orders({ stage: 'staff', groups: ['2b'] });
  expect(situationOf(null, said, {}, undefined, now)).toEqual({ stage: 'unknown', groups: [], now });
});
