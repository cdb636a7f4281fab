import { expect, test } from 'vitest';
import {
  fleetLine,
  floodOf,
  mailLine,
  type Seat,
  seatState,
  troubleWords,
  worstFirst,
} from '../../../admin/console/src/fleet.ts';
import { say } from '../../../admin/console/src/words.ts';

const now = new Date('2026-11-20T10:00:00Z');
const hours = (many: number) => new Date(now.getTime() - many * 3_600_000).toISOString();
const trouble = { at: hours(1), where: 'policy', code: 'bad-signature', detail: 'key 2f1c' };

const seat = (name: string, more: Partial<Seat> = {}): Seat => ({
  seat: name,
  stage: 'KS2',
  group: '4 Ash',
  extensionVersion: '0.1.0',
  enrolledAt: hours(1_000),
  heardAt: hours(1),
  upToDate: true,
  inForce: { policy: '1.14', catalogue: null, orders: null },
  waiting: 0,
  troubles: [],
  ...more,
});

test('the fleet in one line, with the last day on which every silent seat had spoken', () => {
  const seats = [
    seat('a'),
    seat('b'),
    seat('c', { upToDate: false, heardAt: hours(92) }),
    seat('d', { upToDate: false, heardAt: hours(120) }),
  ];
  expect(fleetLine(say, seats, now)).toBe('2 of 4 seats up to date, 2 silent since Monday');
});

test('a fleet that is well says nothing more', () => {
  expect(fleetLine(say, [seat('a'), seat('b')], now)).toBe('2 of 2 seats up to date');
});

test('troubles and seats that never spoke are counted', () => {
  const seats = [seat('a', { troubles: [trouble] }), seat('b', { heardAt: null, upToDate: false })];
  expect(fleetLine(say, seats, now)).toBe('1 of 2 seats up to date, 1 never heard, 1 with trouble');
});

test('a weekend is not silence, and a seat enrolled a minute ago is not "never heard"', () => {
  expect(seatState(seat('a', { heardAt: hours(66) }), now)).toBe('up-to-date');
  expect(seatState(seat('a', { heardAt: hours(72) }), now)).toBe('silent');
  expect(seatState(seat('a', { heardAt: null, enrolledAt: hours(0.1) }), now)).toBe('behind');
});

test('what needs a person comes first', () => {
  const seats = [
    seat('well'),
    seat('behind', { upToDate: false }),
    seat('silent', { heardAt: hours(100) }),
    seat('trouble', { troubles: [trouble] }),
  ];
  expect(worstFirst(seats, now).map((each) => each.seat)).toEqual(['trouble', 'silent', 'behind', 'well']);
});

test('a trouble that this console has no words for shows the device’s own', () => {
  expect(troubleWords(say, trouble)).toMatch(/signature/);
  expect(troubleWords(say, { ...trouble, code: 'something-new' })).toBe('key 2f1c');
});

test('a flood of new seats is told, a class that comes is not', () => {
  const fresh = (many: number) =>
    Array.from({ length: many }, (_, at) => seat(`n${at}`, { enrolledAt: hours(0.5) }));
  const old = Array.from({ length: 500 }, (_, at) => seat(`o${at}`));
  expect(floodOf([...old, ...fresh(60)], now)).toBeNull();
  expect(floodOf([...old, ...fresh(61)], now)).toBe(61);
  expect(say('fleetFlood', '61')).toMatch(/61 new seats/);
});

test('whether mail goes out, and if not, since when, why and what to do', () => {
  const mail = { sends: true, waiting: 0, since: null, problem: null };
  const line = (more: Partial<Parameters<typeof mailLine>[1]>) => mailLine(say, { ...mail, ...more }, now);
  expect(line({})).toBe('E-mail goes out.');
  // One that waits for the child's answer, or is on its way.
  expect(line({ waiting: 1, since: hours(0.01) })).toBe('E-mail goes out.');
  expect(line({ sends: false, waiting: 3, since: hours(2) })).toMatch(/not set up.*KEYSTAGE_SMTP_URL/);
  expect(line({ waiting: 3, since: hours(2) })).toMatch(/^3 e-mails wait since 20 Nov.* does not answer/);
  expect(line({ waiting: 1, since: hours(0), problem: 'ECONNECTION' })).toMatch(
    /^1 e-mail waits since .*\(ECONNECTION\)/,
  );
  expect(line({ waiting: 1, since: hours(0), problem: 'nobody-to-write-to' })).toMatch(/KEYSTAGE_MAIL_TO/);
});
