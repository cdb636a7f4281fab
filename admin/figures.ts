import { localTime } from '../rules/wall-clock.ts';
import type { Urgency } from './console-wire.ts';
import type { Figures } from './people/wire.ts';
import type { Store } from './store/tables.ts';

const WEEKS = 12;
const DAY_MS = 86_400_000;
/** Fewer could be told apart, in a school where everybody knows everybody. */
const FEWEST = 3;

/** Acts that show that an adult has seen a report. */
const looks = ['reveal', 'no-concern', 'done'];
/** Acts by which something opened for pupils beside a lesson's own start. */
const openings = [
  'added-sites',
  'opened-seat',
  'said-yes',
  'agreed-unblock',
  'set-homework',
  'approved-site',
];

/**
 * What a governor may know: how many, and how soon, week by week. Reports about a grown-up at school are not counted:
 * that there is one is not for everybody. Only what is still kept can be counted (`policy.retention`).
 */
export async function readFigures(store: Store, timeZone: string, now: Date): Promise<Figures> {
  const from = new Date(now.getTime() - (WEEKS + 1) * 7 * DAY_MS).toISOString();
  const [items, lessons, opened] = await Promise.all([
    store
      .selectFrom('items')
      .select(({ selectFrom }) => [
        'kind',
        'urgency',
        'state',
        'receivedAt',
        selectFrom('audit')
          .select(({ fn }) => fn.min('at').as('at'))
          .whereRef('audit.item', '=', 'items.id')
          .where('act', 'in', looks)
          .as('lookedAt'),
      ])
      .where('receivedAt', '>=', from)
      .where('restricted', '=', 0)
      .execute(),
    store.selectFrom('lessons').select('startsAt as at').where('startsAt', '>=', from).execute(),
    store.selectFrom('audit').select('at').where('act', 'in', openings).where('at', '>=', from).execute(),
  ]);

  const weekOf = (at: string) => mondayOf(timeZone, Date.parse(at));
  const count = (rows: readonly unknown[]) => (rows.length < FEWEST ? null : rows.length);
  const began = await firstDay(store, timeZone);
  const weeks = Array.from({ length: WEEKS }, (_, back) =>
    mondayOf(timeZone, now.getTime() - back * 7 * DAY_MS),
  ).filter((monday) => began === null || monday >= mondayOfDay(began));
  return {
    since: began !== null && weeks.length < WEEKS ? began : null,
    weeks: weeks.map((monday) => {
      const here = items.filter(({ receivedAt }) => weekOf(receivedAt) === monday);
      const reports = here.filter(({ kind }) => kind === 'report');
      const requests = here.filter(({ kind }) => kind === 'request');
      const of = (urgency: Urgency) => count(reports.filter((report) => report.urgency === urgency));
      const minutes = reports.flatMap(({ receivedAt, lookedAt }) =>
        lookedAt ? [(Date.parse(lookedAt) - Date.parse(receivedAt)) / 60_000] : [],
      );
      return {
        monday,
        reports: { ordinary: of('ordinary'), soon: of('soon'), now: of('now') },
        minutesToFirstLook: minutes.length < FEWEST ? null : Math.round(median(minutes)),
        requests: count(requests),
        requestsAnswered: count(requests.filter(({ state }) => state !== 'new')),
        lessons: count(lessons.filter(({ at }) => weekOf(at) === monday)),
        openings: count(opened.filter(({ at }) => weekOf(at) === monday)),
      };
    }),
  };
}

/**
 * The day on which this endpoint wrote the first thing down; null if nothing yet. Weeks before it have no figures: that
 * nothing was counted is not that little happened.
 */
async function firstDay(store: Store, timeZone: string): Promise<string | null> {
  const first = await Promise.all([
    store
      .selectFrom('documents')
      .select(({ fn }) => fn.min('issuedAt').as('at'))
      .executeTakeFirst(),
    store
      .selectFrom('audit')
      .select(({ fn }) => fn.min('at').as('at'))
      .executeTakeFirst(),
    store
      .selectFrom('items')
      .select(({ fn }) => fn.min('receivedAt').as('at'))
      .executeTakeFirst(),
  ]);
  const [began] = first.flatMap((row) => row?.at ?? []).sort();
  return began === undefined ? null : localTime(timeZone, Date.parse(began)).date;
}

/** The Monday of the week in which the school's wall shows this instant, as a date. */
export function mondayOf(timeZone: string, at: number): string {
  return mondayOfDay(localTime(timeZone, at).date);
}

function mondayOfDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}
