import type { Change } from '../../rules/policy.ts';
import { isEarlyYears } from '../../rules/stages.ts';
import { hourIsFor, type Timetable } from '../../rules/timetable.ts';
import { localTime } from '../../rules/wall-clock.ts';
import { policyNow } from '../documents-now.ts';
import type { Issue } from '../groups/class-list.ts';
import { allClasses, type Class } from '../groups/classes.ts';
import type { NamedFile } from '../groups/csv.ts';
import type { PolicyChecked } from '../policy-check.ts';
import { versionOfStored } from '../publish.ts';
import { sayIssue } from '../shown-path.ts';
import { newestDocument } from '../store/documents.ts';
import type { Store } from '../store/tables.ts';
import type { TimetableColumns } from './columns.ts';
import { readTimetable } from './timetable-csv.ts';
import type { ChangeNote, TimetablePage, TimetableSaid } from './wire.ts';

type Parts = {
  store: Store;
  now: () => Date;
  publishPolicy: (written: unknown, by: string, person: string | null) => Promise<PolicyChecked>;
};
type By = { person: string | null; name: string };
type Imported =
  | { ok: true; said: TimetableSaid }
  | { ok: false; code: 'no-policy' | 'review-in-past' | 'not-a-policy'; message: string }
  | { ok: false; code: 'not-a-timetable'; issues: Issue[] };

/**
 * The timetable: it stands in the policy, so that every device has it, also offline. Putting another one in its place
 * publishes a new version of the policy, with a line of its history and one of the audit. The console and the command
 * line come this way.
 */
export function createTimetable({ store, now, publishPolicy }: Parts) {
  /** The week of every class, as it holds. */
  async function week(): Promise<TimetablePage> {
    const [stored, policy] = await Promise.all([newestDocument(store, 'policy'), policyNow(store)]);
    const classes = await allClasses(store, policy);
    const timeZone = policy?.timeZone ?? 'Europe/London';
    return {
      policy: stored
        ? {
            publishedAt: stored.issuedAt,
            publishedBy: stored.publishedBy,
            version: versionOfStored(stored),
          }
        : null,
      timeZone,
      today: localTime(timeZone, now().getTime()).date,
      holidays: (policy?.timetable?.holidays ?? []).toSorted((a, b) => a.from.localeCompare(b.from)),
      classes: classes.map(({ id, name, stage }) => ({
        id,
        name,
        stage,
        never: isEarlyYears(stage),
        hours: hoursOf(policy?.timetable, { id, stage })
          .toSorted((a, b) => a.from.localeCompare(b.from) || a.until.localeCompare(b.until))
          .map(({ title, days, from, until, adult, place, kind }) => ({
            title,
            days,
            from,
            until,
            adult,
            kind,
            ...(place === undefined ? {} : { place }),
          })),
      })),
    };
  }

  /** All of the file or nothing. Without a note it only says what would change. */
  async function importFile(
    file: NamedFile,
    columns: Partial<TimetableColumns>,
    note: ChangeNote | null,
    by: By,
  ): Promise<Imported> {
    const policy = await policyNow(store);
    if (!policy) return { ok: false, code: 'no-policy', message: 'No policy is published yet.' };
    const classes = await allClasses(store, policy);
    const read = readTimetable(file, columns, classes);
    if (!read.ok) return read;
    const { timetable, stays } = together(policy.timetable, read.timetable);
    const said: TimetableSaid = {
      applied: note !== null,
      before: countsOf(policy.timetable),
      after: countsOf(timetable),
      stays,
      classes: classes.flatMap((one) => changeOf(one, policy.timetable, timetable)),
    };
    if (!note) return { ok: true, said };
    if (Date.parse(note.reviewBy) <= now().getTime())
      return { ok: false, code: 'review-in-past', message: 'The day of the review is over already.' };
    const change = changeFor(note, said.after, by.name, now());
    const published = await publishPolicy(
      { ...policy, timetable, history: [...policy.history, change] },
      by.name,
      by.person,
    );
    if (published.ok) return { ok: true, said };
    const [first] = published.issues;
    return {
      ok: false,
      code: 'not-a-policy',
      message: `The policy is refused: ${first && sayIssue(first)}`,
    };
  }

  return { week, import: importFile };
}
export type TimetableOf = ReturnType<typeof createTimetable>;

const hoursOf = (timetable: Timetable | undefined, { id, stage }: Pick<Class, 'id' | 'stage'>) =>
  isEarlyYears(stage)
    ? []
    : (timetable?.hours ?? []).filter((hour) => hourIsFor(hour, { groups: [id], stage }));

/** The file's hours in place of those of the same kind. What it does not speak of, such as the holidays, stays. */
function together(
  before: Timetable | undefined,
  file: Timetable,
): { timetable: Timetable; stays: TimetableSaid['stays'] } {
  const stays = (['lesson', 'window'] as const).filter(
    (kind) =>
      !file.hours.some((hour) => hour.kind === kind) && before?.hours.some((hour) => hour.kind === kind),
  );
  const holidaysStay = file.holidays.length === 0 && (before?.holidays.length ?? 0) > 0;
  const kept = (before?.hours ?? []).filter(({ kind }) => stays.includes(kind));
  const ids = new Set(kept.map(({ id }) => id));
  return {
    timetable: {
      hours: [
        ...kept,
        ...file.hours.map((hour) => (ids.has(hour.id) ? { ...hour, id: `${hour.id}-file` } : hour)),
      ],
      holidays: holidaysStay ? (before?.holidays ?? []) : file.holidays,
    },
    stays: [...stays, ...(holidaysStay ? (['holiday'] as const) : [])],
  };
}

const countsOf = (timetable: Timetable | undefined): TimetableSaid['before'] => ({
  lessons: timetable?.hours.filter(({ kind }) => kind === 'lesson').length ?? 0,
  windows: timetable?.hours.filter(({ kind }) => kind === 'window').length ?? 0,
  holidays: timetable?.holidays.length ?? 0,
});

function changeOf(one: Class, was: Timetable | undefined, is: Timetable): TimetableSaid['classes'] {
  const inAWeek = (timetable: Timetable | undefined) =>
    hoursOf(timetable, one).reduce((sum, { days }) => sum + days.length, 0);
  const said = (timetable: Timetable | undefined) =>
    JSON.stringify(hoursOf(timetable, one).map(({ id: _, ...hour }) => hour));
  return said(was) === said(is) ? [] : [{ name: one.name, before: inAWeek(was), after: inAWeek(is) }];
}

/** The line of the policy's history (FIELD C1). */
function changeFor(note: ChangeNote, after: TimetableSaid['after'], by: string, at: Date): Change {
  const { lessons, windows, holidays } = after;
  return {
    at: at.toISOString(),
    by,
    what: `Timetable: lessons ${lessons}, other supervised hours ${windows}, holidays ${holidays}.`,
    why: note.why,
    risk: {
      educational: { by, text: note.educational },
      technical: { by, text: note.technical },
    },
    reviewBy: note.reviewBy,
  };
}

/** What stands in the history when nobody says more: true of every timetable. */
export const usualNote = (why: string, now: Date): ChangeNote => ({
  why,
  educational: 'Lessons of the timetable count as supervised at KS2 and above.',
  technical: 'No list changes; EYFS and KS1 stay closed without a started lesson.',
  reviewBy: new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 10),
});
