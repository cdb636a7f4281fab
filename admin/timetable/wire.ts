import { z } from 'zod';
import { Stage } from '../../rules/stages.ts';
import { SupervisedHour, Timetable } from '../../rules/timetable.ts';

const Instant = z.iso.datetime();

/** Why a policy changes and who stands for it (FIELD C1): the same for the console and the command line. */
export const ChangeNote = z.object({
  why: z.string().trim().min(3).max(500),
  educational: z.string().trim().min(3).max(500),
  technical: z.string().trim().min(3).max(500),
  reviewBy: z.iso.date(),
});
export type ChangeNote = z.infer<typeof ChangeNote>;

/** GET /timetable: the week of every class, as the policy in force says it. */
export const TimetablePage = z.object({
  /** Null before the first policy. */
  policy: z.object({ publishedAt: Instant, publishedBy: z.string(), version: z.string() }).nullable(),
  timeZone: z.string(),
  /** Today at school. */
  today: z.iso.date(),
  holidays: Timetable.shape.holidays,
  classes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      stage: Stage,
      /** EYFS and KS1: a lesson begins when an adult starts it, never by timetable. */
      never: z.boolean(),
      hours: z.array(
        SupervisedHour.pick({
          title: true,
          days: true,
          from: true,
          until: true,
          adult: true,
          place: true,
          kind: true,
        }),
      ),
    }),
  ),
});
export type TimetablePage = z.infer<typeof TimetablePage>;

const Column = z.string().trim().min(1).max(200);

/** POST /timetable/import: a CSV; `note: null` says what it would change and changes nothing. */
export const ImportTimetable = z.object({
  file: z.object({ name: z.string().max(200), base64: z.string() }),
  columns: z
    .object({
      days: Column,
      from: Column,
      until: Column,
      classes: Column,
      stages: Column,
      title: Column,
      adult: Column,
      place: Column,
      kind: Column,
    })
    .partial()
    .default({}),
  note: ChangeNote.nullable(),
});
export type ImportTimetable = z.infer<typeof ImportTimetable>;

const Counts = z.object({ lessons: z.int(), windows: z.int(), holidays: z.int() });

export const TimetableSaid = z.object({
  applied: z.boolean(),
  before: Counts,
  after: Counts,
  /** Kinds that the file does not speak of: what stands of them stays. */
  stays: z.array(z.enum(['lesson', 'window', 'holiday'])),
  /** How many hours of supervision each class has in a week, where that changes. */
  classes: z.array(z.object({ name: z.string(), before: z.int(), after: z.int() })),
});
export type TimetableSaid = z.infer<typeof TimetableSaid>;
