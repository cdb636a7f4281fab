import { type Counts, type LeftOut, reasonsLeftOut } from '../../rules/lists/counts.ts';
import type { Clash } from '../../rules/lists/exceptions.ts';
import type { Subscription } from '../store/subscriptions.ts';
import type { Offered } from '../subscriptions/offered.ts';

const number = (count: number): string => count.toLocaleString('en-GB');

/** What became of a list, for a person. */
export function sayOffered(offered: Offered): string[] {
  const { id, category } = offered;
  if (!offered.ok)
    return [
      `${id}: refused (${offered.code}): ${offered.message}. Nothing was changed.`,
      ...(offered.counts ? sayCounts(offered.counts) : []),
    ];
  const { hosts, added, removed, clashes, counts, format, notes = [] } = offered;
  const how = {
    live: `is live: ${number(hosts)} names (+${number(added)}, −${number(removed)})`,
    same: 'is as it was',
    waiting: `WAITS for a person: +${number(added)}, −${number(removed)} names. "lists accept ${id}" or "lists refuse ${id}"`,
    'refused-before': 'is the version that somebody refused; nothing was changed',
    counted: `would have ${number(hosts)} names; nothing was kept`,
  }[offered.state];
  return [
    `${id}${category ? ` (${category}${format ? `, ${format}` : ''})` : ''} ${how}`,
    ...notes.map((note) => `  ${note}`),
    ...(counts ? sayCounts(counts) : []),
    ...sayClashes(clashes),
  ];
}

function sayCounts({ lines, hosts, paths, leftOut }: Counts): string[] {
  const left = Object.entries(leftOut).filter(([, count]) => count > 0) as [LeftOut, number][];
  return [
    `  ${number(lines)} lines, ${number(hosts)} names${paths > 0 ? ` and ${number(paths)} single pages` : ''} kept`,
    ...left.map(([why, count]) => `  ${number(count)} left out: ${reasonsLeftOut[why]}`),
  ];
}

function sayClashes(clashes: readonly Clash[]): string[] {
  const excepted = clashes.filter(({ excepted: isOut }) => isOut);
  const closed = clashes.filter(({ excepted: isOut }) => !isOut);
  const line = ({ host, site, from }: Clash) => `    ${host}  (${site}, ${from})`;
  return [
    ...(excepted.length > 0
      ? [
          '  Left out, because the school needs them ("lists close <id> <host>" closes one again):',
          ...excepted.map(line),
        ]
      : []),
    ...(closed.length > 0
      ? ['  Closed, although it touches a site of the school:', ...closed.map(line)]
      : []),
  ];
}

type Shown = Subscription & { exceptions: { host: string; site: string; revokedAt: string | null }[] };

/** Where a list stands, for a person. */
export function saySubscription(one: Shown): string[] {
  const { id, category, url, everyHours, live, waiting, problem, checkedAt, exceptions } = one;
  const standing = exceptions.filter(({ revokedAt }) => revokedAt === null);
  return [
    `${id} (${category}): ${live ? `${number(live.hosts)} names${live.paths > 0 ? ` and ${number(live.paths)} single pages` : ''} since ${live.at}` : 'nothing live yet'}`,
    `  ${url ? `from ${url} every ${everyHours} h, last looked ${checkedAt ?? 'never'}` : 'imported by hand'}`,
    ...(waiting
      ? [
          `  WAITS for a person: a version with ${number(waiting.hosts)} names (+${number(waiting.added)}, −${number(waiting.removed)})`,
        ]
      : []),
    ...(problem ? [`  Problem: ${problem}`] : []),
    ...(standing.length > 0
      ? [`  Left out for the school's sites: ${standing.map(({ host }) => host).join(', ')}`]
      : []),
  ];
}
