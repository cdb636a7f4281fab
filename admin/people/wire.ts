import { z } from 'zod';
import { AuditFacts } from '../audit-acts.ts';
import { Role } from '../console-wire.ts';

/** What the console asks about people, day passes, the audit and the figures. */

/** Roles that a person can be given; `supply` comes with a day pass alone. */
export const GivenRole = Role.exclude(['supply']);
export type GivenRole = z.infer<typeof GivenRole>;

export const LONGEST_NAME = 80;
const Name = z.string().trim().min(1).max(LONGEST_NAME);

export const PersonLine = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  state: z.enum(['active', 'first-password', 'deactivated']),
  /** `off` where the school has switched it off. */
  secondFactor: z.enum(['set-up', 'missing', 'not-needed', 'off']),
  lastSignInAt: z.iso.datetime().nullable(),
  /** What whoever asks may do with them: nobody changes themselves, or whoever may more. */
  mayChange: z.boolean(),
});
export type PersonLine = z.infer<typeof PersonLine>;

/** GET /people */
export const PeopleList = z.object({
  people: z.array(PersonLine),
  /** Roles that whoever asks may give. */
  roles: z.array(GivenRole),
  secondFactor: z.enum(['required', 'off']),
  breakGlass: z.object({ tells: z.string(), madeAt: z.iso.datetime() }).nullable(),
});
export type PeopleList = z.infer<typeof PeopleList>;

/** POST /people */
export const NewPerson = z.object({ name: Name, email: z.email().max(200), role: GivenRole });
export type NewPerson = z.infer<typeof NewPerson>;

/** POST /people/:id/role */
export const NewRole = z.object({ role: GivenRole });

/** Shown once, to be given by hand. */
export const OneTimePassword = z.object({ oneTimePassword: z.string() });

/** POST /day-passes: a named adult, these classes, until then. */
export const NewDayPass = z.object({
  name: Name,
  groups: z.array(z.string().min(1).max(60)).min(1).max(40),
  endsAt: z.iso.datetime(),
});
export type NewDayPass = z.infer<typeof NewDayPass>;

export const DayPassLine = z.object({
  id: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
  endsAt: z.iso.datetime(),
  givenBy: z.string(),
  state: z.enum(['given', 'in-use', 'ended']),
});
export type DayPassLine = z.infer<typeof DayPassLine>;

/** GET /day-passes */
export const DayPassList = z.object({
  passes: z.array(DayPassLine),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The end of today's school day, or none if it is over. */
  schoolEndsAt: z.iso.datetime().nullable(),
});
export type DayPassList = z.infer<typeof DayPassList>;

/** Shown once, on the screen and for the printer. */
export const DayPassCode = z.object({ code: z.string() });

/** GET /audit?person=&act=&before=<number>&limit=50 */
export const AuditPage = z.object({
  rows: z.array(
    z.object({
      number: z.int(),
      at: z.iso.datetime(),
      by: z.string(),
      act: z.string(),
      facts: AuditFacts,
      /** The report or request that it is about, for whoever reads the inbox. */
      item: z.string().nullable(),
    }),
  ),
  more: z.boolean(),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  acts: z.array(z.string()),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** A count, or null for fewer than three: so few could be told apart. */
const Count = z.int().min(3).nullable();

/** GET /figures: the last weeks, newest first, each from its Monday in the school's time zone. */
export const Figures = z.object({
  /** The first day of which anything is known, where fewer weeks than usual are told. */
  since: z.iso.date().nullable(),
  weeks: z.array(
    z.object({
      monday: z.iso.date(),
      reports: z.object({ ordinary: Count, soon: Count, now: Count }),
      /** The median from a report's arrival to the first look at it, in minutes; null where too few were seen to. */
      minutesToFirstLook: z.number().nullable(),
      requests: Count,
      requestsAnswered: Count,
      lessons: Count,
      openings: Count,
    }),
  ),
});
export type Figures = z.infer<typeof Figures>;
