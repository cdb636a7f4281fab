import { z } from 'zod';
import type { Situation } from './situation.ts';
import { isEarlyYears, Stage } from './stages.ts';
import { instantOf, localTime } from './wall-clock.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 09:05');
/** 1 is Monday, 7 is Sunday. */
const Weekday = z.int().min(1).max(7);

/**
 * Hours in which a named adult is there without a tap (DESIGN §6, FIELD A5, A9): the lessons of the school's timetable,
 * and other windows such as lunch in the library. Never EYFS and KS1. Times are the school's own (policy `timeZone`),
 * summer time included.
 */
export const SupervisedHour = z.object({
  id: z.string().min(1).max(60),
  /** What the class calls it: "Maths", "Library". */
  title: z.string().min(1).max(60),
  days: z.array(Weekday).min(1),
  from: TimeOfDay,
  until: TimeOfDay,
  /** Whom it is for; a window may name stages instead of groups. */
  groups: z.array(z.string()).optional(),
  stages: z.array(Stage).optional(),
  /** Who is there. A window without a supervisor and a place is refused. */
  adult: z.string().min(1).max(120),
  place: z.string().min(1).max(120).optional(),
  kind: z.enum(['lesson', 'window']),
});
export type SupervisedHour = z.infer<typeof SupervisedHour>;

/** The school's timetable. `holidays` are closed days: no hour of the timetable counts on them. */
export const Timetable = z.object({
  hours: z.array(SupervisedHour).max(5_000),
  holidays: z
    .array(z.object({ title: z.string().min(1).max(60), from: z.iso.date(), until: z.iso.date() }))
    .max(100),
});
export type Timetable = z.infer<typeof Timetable>;

/** One hour as it falls on one day, in milliseconds. */
export type Supervised = { hour: SupervisedHour; startsAt: number; endsAt: number };

/** The hour that supervises this pupil now, the first that ends last; null if none does. */
export function supervisedHour(
  timetable: Timetable | undefined,
  timeZone: string,
  situation: Situation,
): Supervised | null {
  if (!timetable || situation.stage === 'unknown' || isEarlyYears(situation.stage)) return null;
  const now = localTime(timeZone, situation.now);
  if (isHoliday(timetable, now.date)) return null;
  const live = timetable.hours.filter(
    (hour) =>
      hour.days.includes(now.weekday) &&
      hour.from <= now.time &&
      now.time < hour.until &&
      hourIsFor(hour, situation),
  );
  const last = live.sort((a, b) => b.until.localeCompare(a.until) || a.id.localeCompare(b.id))[0];
  if (!last) return null;
  return {
    hour: last,
    startsAt: instantOf(timeZone, now.date, last.from),
    endsAt: instantOf(timeZone, now.date, last.until),
  };
}

/** When the timetable next begins or ends anything for this pupil, within four months; null if it does not. */
export function nextBell(
  timetable: Timetable | undefined,
  timeZone: string,
  situation: Situation,
): number | null {
  if (!timetable || situation.stage === 'unknown' || isEarlyYears(situation.stage)) return null;
  const mine = timetable.hours.filter((hour) => hourIsFor(hour, situation));
  if (mine.length === 0) return null;
  for (let day = 0; day <= AHEAD_DAYS; day += 1) {
    const { date, weekday } = localTime(timeZone, situation.now + day * DAY_MS);
    if (isHoliday(timetable, date)) continue;
    const bells = mine
      .filter(({ days }) => days.includes(weekday))
      .flatMap(({ from, until }) => [instantOf(timeZone, date, from), instantOf(timeZone, date, until)])
      .filter((bell) => bell > situation.now);
    if (bells.length > 0) return Math.min(...bells);
  }
  return null;
}

/** Why hours may not stand in a policy, each with its place. */
export function timetableIssues(
  timetable: Timetable | undefined,
  groups: readonly { id: string; stage: Stage }[],
): { path: (string | number)[]; message: string }[] {
  return [
    ...(timetable?.hours ?? []).flatMap((hour, at) =>
      hourIssues(hour, groups).map(({ path, message }) => ({
        path: ['timetable', 'hours', at, ...path],
        message,
      })),
    ),
    ...(timetable?.holidays ?? []).flatMap(({ from, until }, at) =>
      until < from
        ? [{ path: ['timetable', 'holidays', at, 'until'], message: `${until} is before ${from}` }]
        : [],
    ),
  ];
}

function hourIssues(
  hour: SupervisedHour,
  groups: readonly { id: string; stage: Stage }[],
): { path: string[]; message: string }[] {
  const early = [
    ...(hour.stages ?? []),
    ...groups.filter(({ id }) => hour.groups?.includes(id)).map(({ stage }) => stage),
  ].filter(isEarlyYears);
  return [
    ...(hour.until <= hour.from
      ? [{ path: ['until'], message: `${hour.until} is not after ${hour.from}` }]
      : []),
    ...(hour.groups?.length || hour.stages?.length
      ? []
      : [{ path: ['groups'], message: 'it names no group and no stage, so it would hold for nobody' }]),
    ...(hour.kind === 'window' && !hour.place
      ? [{ path: ['place'], message: 'a window beside the lessons names the place where its adult is' }]
      : []),
    ...(early.length > 0
      ? [
          {
            path: ['groups'],
            message: 'EYFS and KS1 open by a lesson that an adult starts, never by timetable',
          },
        ]
      : []),
  ];
}

/** Whether an hour is for whoever is in these groups, at this stage. */
export function hourIsFor(
  { groups, stages }: SupervisedHour,
  situation: Pick<Situation, 'groups' | 'stage'>,
): boolean {
  const fits = [
    groups?.some((group) => situation.groups.includes(group)),
    stages && situation.stage !== 'unknown' && stages.includes(situation.stage),
  ].filter((one) => one !== undefined);
  return fits.length > 0 && fits.every(Boolean);
}

const isHoliday = ({ holidays }: Timetable, date: string): boolean =>
  holidays.some(({ from, until }) => from <= date && date <= until);

const DAY_MS = 24 * 3_600_000;
/** Longer than any holiday: a lid that stays closed over the summer wakes to a bell. */
const AHEAD_DAYS = 120;
