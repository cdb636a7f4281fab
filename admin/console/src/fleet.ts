import type { Fleet } from '../../console-wire.ts';
import { calendarDay, exact, weekday } from './when.ts';
import { counted, plural, type Words } from './words.ts';

export type Seat = Fleet['seats'][number];

/** In the order in which a network manager would want to see them. */
export type SeatState = 'trouble' | 'never-heard' | 'silent' | 'behind' | 'up-to-date';
const order: readonly SeatState[] = ['trouble', 'never-heard', 'silent', 'behind', 'up-to-date'];

/** Three days: a Chromebook that is shut on Friday is not silent on Monday. */
const silentAfterMs = 3 * 24 * 60 * 60_000;
/** A seat enrolled this recently has not had time to say anything. */
const graceMs = 60 * 60_000;

export function seatState(seat: Seat, now: Date): SeatState {
  if (seat.troubles.length > 0) return 'trouble';
  if (seat.heardAt === null)
    return now.getTime() - Date.parse(seat.enrolledAt) < graceMs ? 'behind' : 'never-heard';
  if (now.getTime() - Date.parse(seat.heardAt) >= silentAfterMs) return 'silent';
  return seat.upToDate ? 'up-to-date' : 'behind';
}

/** What needs a person comes first; within that, the one longest unheard. */
export const worstFirst = (seats: readonly Seat[], now: Date): Seat[] =>
  seats.toSorted(
    (a, b) =>
      order.indexOf(seatState(a, now)) - order.indexOf(seatState(b, now)) ||
      (a.heardAt ?? '').localeCompare(b.heardAt ?? '') ||
      a.seat.localeCompare(b.seat),
  );

/** The fleet in one line: "612 of 640 seats up to date, 3 silent since Monday". */
export function fleetLine(say: Words, seats: readonly Seat[], now: Date): string {
  const states = seats.map((seat) => seatState(seat, now));
  const many = (state: SeatState) => states.filter((each) => each === state).length;
  const current = seats.filter((seat) => seat.upToDate).length;
  const parts = [plural(say, 'fleetUpToDate', seats.length, counted(current))];
  const silent = seats.filter((_, index) => states[index] === 'silent');
  const since = silent
    .flatMap((seat) => seat.heardAt ?? [])
    .sort()
    .at(-1);
  if (since) parts.push(plural(say, 'fleetSilent', silent.length, sinceWhen(new Date(since), now)));
  if (many('never-heard') > 0) parts.push(plural(say, 'fleetNeverHeard', many('never-heard')));
  if (many('trouble') > 0) parts.push(plural(say, 'fleetTrouble', many('trouble')));
  return parts.join(', ');
}

/** A mail may wait so long for the child's answer and for its delivery; one that waits longer is stuck. */
const mailTakesMs = 5 * 60_000;

/** Whether mail goes out, and if not, since when, why, and what to do. */
export function mailLine(say: Words, mail: NonNullable<Fleet['mail']>, now: Date): string {
  if (!mail.sends) return say('mailNotSetUp');
  const { waiting, since, problem } = mail;
  const isStuck = problem !== null || now.getTime() - Date.parse(since ?? '') > mailTakesMs;
  if (since === null || !isStuck) return say('mailGoesOut');
  const waits = plural(say, 'mailWaits', waiting, exact(new Date(since), now));
  if (problem === null) return `${waits} ${say('mailNoAnswer')}`;
  return `${waits} ${problem === 'nobody-to-write-to' ? say('mailNobody') : say('mailRefused', problem)}`;
}

/** More new seats in an hour than a class makes; pupils can read the enrolment token and invent seats with it. */
const FLOOD = 60;

/** How many seats came in the last hour, where they are so many that a person should look; else null. */
export function floodOf(seats: readonly Seat[], now: Date): number | null {
  const recent = seats.filter(({ enrolledAt }) => now.getTime() - Date.parse(enrolledAt) < graceMs).length;
  return recent > FLOOD ? recent : null;
}

/** The last day on which any of them spoke, so that the sentence is true of all of them. */
const sinceWhen = (at: Date, now: Date): string =>
  now.getTime() - at.getTime() < 6 * 24 * 60 * 60_000 ? weekday(at) : calendarDay(at, now);

/** What a code asks a network manager to do. A code that this console does not know is shown with its own detail. */
export function troubleWords(say: Words, trouble: Seat['troubles'][number]): string {
  const key = `trouble_${trouble.code.replaceAll('-', '_')}`;
  const known = say(key, trouble.detail);
  return known === key ? trouble.detail : known;
}
