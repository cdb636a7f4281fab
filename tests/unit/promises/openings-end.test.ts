import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { decide } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import type { Orders } from '../../../rules/orders.ts';
import { Policy } from '../../../rules/policy.ts';
import type { Situation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from '../rules/exampleSchool.ts';

/** Promise 10: every opening ends by its own end, while the orders that hold it hold on. */
const MINUTE_MS = 60_000;
const now = Date.parse('2026-11-20T10:00:00Z');
const end = now + 30 * MINUTE_MS;
const at = (minutes: number) => new Date(now + minutes * MINUTE_MS).toISOString();
const school = exampleSchool();
const pupil = 'ada@school.example';

const ordersWith = (more: Partial<Orders>): Orders => ({
  kind: 'orders',
  schema: 1,
  mustUnderstand: [],
  school: school.policy.school,
  epoch: 1,
  issuedAt: at(-10),
  expiresAt: at(24 * 60),
  lessons: [],
  grants: [],
  closings: [],
  suspensions: [],
  ...more,
});

const opened = { entry: 'opened.example' };
const grant: Orders['grants'][number] = {
  id: 'one',
  scope: { groups: ['5-oak'] },
  entries: [opened],
  reason: 'a test',
  by: 'Ms Reed',
  startsAt: at(-5),
  endsAt: at(30),
};
const lesson: Orders['lessons'][number] = {
  id: 'one',
  adult: 'Ms Reed',
  groups: ['5-oak'],
  kind: 'supervised',
  sites: [opened],
  bundles: [],
  startsAt: at(-5),
  endsAt: at(30),
};

const withEntry = (endsAt: string): Documents => ({
  ...school,
  policy: Policy.parse({
    ...school.policy,
    lists: [{ id: 'for-a-week', title: 'For a week', says: 'open', entries: [{ ...opened, endsAt }] }],
  }),
});

const openings: [string, Documents][] = [
  ['a lesson', { ...school, orders: ordersWith({ lessons: [lesson] }) }],
  ['a grant', { ...school, orders: ordersWith({ grants: [grant] }) }],
  [
    'homework',
    {
      ...school,
      orders: ordersWith({
        grants: [{ ...grant, homework: { task: 'Read about Rome', opens: 'supervised' } }],
      }),
    },
  ],
  ['an entry of a list', withEntry(at(30))],
  [
    'an entry of a grant that goes on',
    {
      ...school,
      orders: ordersWith({
        grants: [{ ...grant, endsAt: at(300), entries: [{ ...opened, endsAt: at(30) }] }],
      }),
    },
  ],
  [
    'the orders themselves, before their grant',
    { ...school, orders: { ...ordersWith({ grants: [{ ...grant, endsAt: at(300) }] }), expiresAt: at(30) } },
  ],
];

const situation = (when: number): Situation => ({ stage: 'KS2', groups: ['5-oak'], pupil, now: when });
const isOpen = (documents: Documents, when: number, href = 'https://opened.example/') => {
  const address = parseAddress(href);
  if (!address) throw new Error(href);
  return decide(documents, situation(when), address).open;
};

test.each(openings)(
  '%s opens until its end, is closed to the millisecond, and says so beforehand',
  (_, documents) => {
    expect(isOpen(documents, now)).toBe(true);
    expect(isOpen(documents, end - 1)).toBe(true);
    expect(isOpen(documents, end)).toBe(false);
    expect(isOpen(documents, end + 365 * 24 * 60 * MINUTE_MS)).toBe(false);
    // By this the device sets its alarm and timer.
    expect(standingOf(documents, situation(now)).holdsUntil).toBe(end);
  },
);

test('nothing opens before its beginning', () => {
  const later = at(10);
  for (const orders of [
    ordersWith({ lessons: [{ ...lesson, startsAt: later }] }),
    ordersWith({ grants: [{ ...grant, startsAt: later }] }),
  ]) {
    expect(isOpen({ ...school, orders }, now)).toBe(false);
    expect(isOpen({ ...school, orders }, now + 10 * MINUTE_MS)).toBe(true);
    expect(standingOf({ ...school, orders }, situation(now)).holdsUntil).toBe(now + 10 * MINUTE_MS);
  }
});

test('access that was withdrawn comes back by itself', () => {
  const orders = ordersWith({ suspensions: [{ pupil, reason: 'a test', endsAt: at(30) }] });
  const approved = 'https://www.bbc.co.uk/bitesize';
  expect(isOpen({ ...school, orders }, end - 1, approved)).toBe(false);
  expect(isOpen({ ...school, orders }, end, approved)).toBe(true);
});
