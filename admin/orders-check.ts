import type { z } from 'zod';
import { parseEntry } from '../rules/entry.ts';
import { Orders } from '../rules/orders.ts';
import { type Around, aroundIssues } from './orders-around.ts';
import { type Issue, issuesOf } from './plain-issues.ts';
import { sameIds } from './same-ids.ts';
import { withNames } from './shown-path.ts';
import { unknownFields } from './unknown-fields.ts';
import { fillLessons } from './written-lesson.ts';

/** What is open now, as the school's people set it. */
export const StandingOrders = Orders.pick({ lessons: true, grants: true, closings: true, suspensions: true });
export type StandingOrders = z.infer<typeof StandingOrders>;

export type OrdersChecked =
  | { ok: true; orders: StandingOrders }
  | { ok: false; code: 'not-orders'; issues: Issue[] };

/** As a person writes them: a part that is left out is empty, a part that does not exist is a mistake. */
const Written = StandingOrders.partial().strict();

/**
 * Checks orders before they are signed: shape, every entry, and that every opening still has an end to come
 * (DESIGN §5.10). Each issue names its place.
 */
export function checkOrders(written: unknown, now: Date, around: Around = { policy: null }): OrdersChecked {
  const filled = fillLessons(written, now);
  const read = Written.safeParse(filled);
  if (!read.success) return { ok: false, code: 'not-orders', issues: issuesOf(read.error, written) };
  const { lessons = [], grants = [], closings = [], suspensions = [] } = read.data;
  const orders = { lessons, grants, closings, suspensions };
  const issues = [
    ...unknownFields(filled, read.data),
    ...entryIssues(orders),
    ...timeIssues(orders, now),
    ...aroundIssues(orders, around),
    ...sameIds('lessons', lessons),
    ...sameIds('grants', grants),
    ...grants.flatMap(({ scope }, at) =>
      Object.values(scope).some((named) => named !== undefined && named.length > 0)
        ? []
        : [{ path: `grants[${at}].scope`, problem: 'names nobody, so it would open nothing' }],
    ),
    ...grants.flatMap(({ entries }, at) =>
      entries.length > 0 ? [] : [{ path: `grants[${at}].entries`, problem: 'names no site' }],
    ),
  ];
  return issues.length > 0
    ? { ok: false, code: 'not-orders', issues: withNames(issues, orders) }
    : { ok: true, orders };
}

/** Every entry that cannot be read, with its place. */
export const entryIssues = (orders: StandingOrders): Issue[] =>
  [
    ...linesOf(orders).map(({ path, line }) => ({ path, text: line.entry })),
    ...orders.closings.map(({ entry }, at) => ({ path: `closings[${at}]`, text: entry })),
  ].flatMap(({ path, text }) => {
    const entry = parseEntry(text);
    return entry.ok ? [] : [{ path: `${path}.entry`, problem: `${entry.code}: ${entry.reason}` }];
  });

/** A start may be missing; what has one must begin before it ends. */
function timeIssues(orders: StandingOrders, now: Date): Issue[] {
  const timed: { path: string; startsAt?: string; endsAt?: string | undefined }[] = [
    ...(['lessons', 'grants', 'suspensions'] as const).flatMap((part) =>
      orders[part].map((order, at) => ({ path: `${part}[${at}]`, ...order })),
    ),
    ...linesOf(orders).map(({ path, line }) => ({ path, endsAt: line.endsAt })),
  ];
  return timed.flatMap(({ path, startsAt, endsAt }) => {
    if (endsAt === undefined) return [];
    const place = `${path}.endsAt`;
    if (Date.parse(endsAt) <= now.getTime()) return [{ path: place, problem: `${endsAt} is over already` }];
    if (startsAt !== undefined && Date.parse(startsAt) >= Date.parse(endsAt))
      return [{ path: place, problem: `${endsAt} is not after its start` }];
    return [];
  });
}

const linesOf = ({ lessons, grants }: StandingOrders) => [
  ...lessons.flatMap(({ sites }, at) =>
    sites.map((line, index) => ({ path: `lessons[${at}].sites[${index}]`, line })),
  ),
  ...grants.flatMap(({ entries }, at) =>
    entries.map((line, index) => ({ path: `grants[${at}].entries[${index}]`, line })),
  ),
];
