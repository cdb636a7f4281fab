import { describe, expect, test } from 'vitest';
import type { Documents } from '../../../rules/documents.ts';
import { nextEnding } from '../../../rules/endings.ts';
import { Orders } from '../../../rules/orders.ts';
import { Policy } from '../../../rules/policy.ts';
import type { Situation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const later = (minutes: number) => now + minutes * 60_000;

const policy = Policy.parse({
  ...(await examplePolicy()),
  schema: 1,
  mustUnderstand: [],
  school: 'wrenfield',
  epoch: 1,
  issuedAt: at(-60),
});
const lesson = (changes: object = {}) => ({
  id: 'maths',
  adult: 'Ms Patel',
  groups: ['6-oak'],
  kind: 'supervised',
  sites: [{ entry: 'unlisted.example' }],
  bundles: [],
  startsAt: at(-10),
  endsAt: at(20),
  ...changes,
});
const grant = (changes: object = {}) => ({
  id: 'g',
  scope: { groups: ['6-oak'] },
  entries: [{ entry: 'history.example' }],
  reason: 'local history',
  by: 'Ms Patel',
  startsAt: at(-10),
  endsAt: at(15),
  ...changes,
});
function ending(orders: object, stage: Situation['stage'] = 'KS2', timetable?: object) {
  const documents: Documents = {
    policy: timetable ? Policy.parse({ ...policy, timetable }) : policy,
    orders: Orders.parse({
      kind: 'orders',
      schema: 1,
      mustUnderstand: [],
      school: 'wrenfield',
      epoch: 1,
      issuedAt: at(-60),
      expiresAt: at(600),
      lessons: [],
      grants: [],
      closings: [],
      suspensions: [],
      ...orders,
    }),
    lists: new Map(),
    listsInForce: true,
  };
  const situation: Situation = { stage, groups: ['6-oak'], now };
  return nextEnding(documents, situation, standingOf(documents, situation));
}

describe('what is open now and closes next', () => {
  test('the live lesson, a grant, a permission to work at home: whichever is first', () => {
    expect(ending({ lessons: [lesson()] })).toEqual({ at: later(20), what: 'lesson', id: 'maths' });
    expect(ending({ lessons: [lesson()], grants: [grant()] })).toEqual({
      at: later(15),
      what: 'grant',
      id: 'g',
    });
    const homework = { task: 'poster', opens: 'list' };
    expect(ending({ grants: [grant({ homework })] })).toMatchObject({ what: 'homework' });
  });

  test('nothing open, nothing ends: another class, not begun yet, a demonstration', () => {
    expect(ending({ lessons: [lesson({ groups: ['5c'] })] })).toBeNull();
    expect(ending({ lessons: [lesson({ startsAt: at(5) })] })).toBeNull();
    expect(ending({ lessons: [lesson({ kind: 'demonstration' })] }, 'KS1')).toBeNull();
  });

  test('what goes on all the same is no ending', () => {
    const longer = lesson({ id: 'longer', startsAt: at(-20), endsAt: at(50) });
    expect(ending({ lessons: [lesson(), longer] })).toBeNull();
    expect(
      ending({ lessons: [lesson()], grants: [grant({ entries: lesson().sites, endsAt: at(60) })] }),
    ).toMatchObject({ what: 'lesson' });
  });

  test('orders that expire first end it first', () => {
    expect(ending({ lessons: [lesson()], expiresAt: at(12) })).toEqual({
      at: later(12),
      what: 'lesson',
      id: 'maths',
    });
  });

  test('two periods in a row are one stay; the last of them ends', () => {
    const hour = (id: string, from: string, until: string) => ({
      id,
      title: id,
      days: [5],
      from,
      until,
      groups: ['6-oak'],
      adult: 'Ms Patel',
      kind: 'lesson',
    });
    const hours = [hour('maths', '09:30', '10:20'), hour('science', '10:20', '11:00')];
    expect(ending({}, 'KS2', { hours: hours.slice(0, 1), holidays: [] })).toMatchObject({ what: 'hour' });
    expect(ending({}, 'KS2', { hours, holidays: [] })).toBeNull();
  });
});
