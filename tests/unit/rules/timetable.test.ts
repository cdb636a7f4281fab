import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Situation } from '../../../rules/situation.ts';
import { nextBell, supervisedHour, type Timetable, timetableIssues } from '../../../rules/timetable.ts';
import { instantOf } from '../../../rules/wall-clock.ts';

const london = 'Europe/London';
const maths = {
  id: 'maths',
  title: 'Maths',
  days: [1],
  from: '09:00',
  until: '10:00',
  groups: ['7a'],
  adult: 'Mr Adeyemi',
  kind: 'lesson' as const,
};
const library = {
  id: 'lunch',
  title: 'Library',
  days: [1, 2, 3, 4, 5],
  from: '12:15',
  until: '13:00',
  stages: ['KS3' as const],
  adult: 'Ms Okoro',
  place: 'Library',
  kind: 'window' as const,
};
const timetable: Timetable = {
  hours: [maths, library],
  holidays: [{ title: 'Half term', from: '2026-10-26', until: '2026-10-30' }],
};
const at = (iso: string, more: Partial<Situation> = {}): Situation => ({
  stage: 'KS3',
  groups: ['7a'],
  now: Date.parse(iso),
  ...more,
});
const hourAt = (situation: Situation) => supervisedHour(timetable, london, situation)?.hour.id ?? null;

describe('an hour of the timetable', () => {
  test('supervises its class from its first minute until its last, by the clock on the wall', () => {
    // Summer time: nine o'clock is eight in UTC.
    expect(hourAt(at('2026-09-07T07:59:59Z'))).toBeNull();
    expect(hourAt(at('2026-09-07T08:00:00Z'))).toBe('maths');
    expect(hourAt(at('2026-09-07T08:59:59Z'))).toBe('maths');
    expect(hourAt(at('2026-09-07T09:00:00Z'))).toBeNull();
    // Winter time.
    expect(hourAt(at('2026-11-02T09:30:00Z'))).toBe('maths');
    expect(hourAt(at('2026-11-02T08:30:00Z'))).toBeNull();
  });

  test('is not for another class, another day, or a holiday', () => {
    expect(hourAt(at('2026-09-07T08:30:00Z', { groups: ['7b'] }))).toBeNull();
    expect(hourAt(at('2026-09-08T08:30:00Z'))).toBeNull();
    expect(hourAt(at('2026-10-26T09:30:00Z'))).toBeNull();
  });

  test('a window is for its stages; never for EYFS, KS1 or whoever is not known', () => {
    expect(hourAt(at('2026-09-08T11:30:00Z', { groups: [] }))).toBe('lunch');
    expect(hourAt(at('2026-09-08T11:30:00Z', { stage: 'KS4', groups: [] }))).toBeNull();
    for (const stage of ['EYFS', 'KS1', 'unknown'] as const)
      expect(hourAt(at('2026-09-07T08:30:00Z', { stage }))).toBeNull();
  });

  test('says when it ends, and when the next bell rings', () => {
    const hour = supervisedHour(timetable, london, at('2026-09-07T08:30:00Z'));
    expect(hour?.endsAt).toBe(Date.parse('2026-09-07T09:00:00Z'));
    expect(nextBell(timetable, london, at('2026-09-07T08:30:00Z'))).toBe(Date.parse('2026-09-07T09:00:00Z'));
    expect(nextBell(timetable, london, at('2026-09-07T09:00:00Z'))).toBe(Date.parse('2026-09-07T11:15:00Z'));
    // Over a weekend, and over half term.
    expect(nextBell(timetable, london, at('2026-09-11T15:00:00Z'))).toBe(Date.parse('2026-09-14T08:00:00Z'));
    expect(nextBell(timetable, london, at('2026-10-23T15:00:00Z'))).toBe(Date.parse('2026-11-02T09:00:00Z'));
    expect(nextBell(timetable, london, at('2026-09-11T15:00:00Z', { stage: 'KS4', groups: [] }))).toBeNull();
  });

  test('between two bells nothing changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2026-09-01'), max: Date.parse('2027-04-30') }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (now, share) => {
          const situation = at(new Date(now).toISOString());
          const bell = nextBell(timetable, london, situation);
          const later = bell === null ? now + share * 24 * 3_600_000 : now + share * (bell - now - 1);
          expect(hourAt({ ...situation, now: later })).toBe(hourAt(situation));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('the wall clock comes back to itself in summer and winter', () => {
  expect(instantOf(london, '2026-07-01', '09:00')).toBe(Date.parse('2026-07-01T08:00:00Z'));
  expect(instantOf(london, '2026-12-01', '09:00')).toBe(Date.parse('2026-12-01T09:00:00Z'));
  expect(instantOf(london, '2026-03-29', '03:00')).toBe(Date.parse('2026-03-29T02:00:00Z'));
  expect(instantOf('Asia/Kathmandu', '2026-12-01', '09:00')).toBe(Date.parse('2026-12-01T03:15:00Z'));
});

describe('a timetable is refused', () => {
  const groups = [
    { id: '7a', stage: 'KS3' as const },
    { id: '2b', stage: 'KS1' as const },
  ];
  const problems = (hour: object) =>
    timetableIssues({ hours: [{ ...maths, ...hour }], holidays: [] }, groups).map(({ message }) => message);

  test('with the place and the reason', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ until: '09:00' })).toEqual(['09:00 is not after 09:00']);
    expect(problems({ groups: [] })[0]).toMatch('nobody');
    expect(problems({ kind: 'window' })[0]).toMatch('place');
    expect(problems({ groups: ['2b'] })[0]).toMatch('EYFS and KS1');
    expect(problems({ groups: undefined, stages: ['EYFS'] })[0]).toMatch('EYFS and KS1');
    expect(
      timetableIssues({ hours: [], holidays: [{ title: 'x', from: '2026-02-02', until: '2026-02-01' }] }, []),
    ).toEqual([{ path: ['timetable', 'holidays', 0, 'until'], message: '2026-02-01 is before 2026-02-02' }]);
  });
});
