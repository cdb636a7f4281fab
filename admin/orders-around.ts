import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isWithin } from '../rules/address.ts';
import { parseEntry } from '../rules/entry.ts';
import { essentialHosts } from '../rules/essential.ts';
import { helpHosts } from '../rules/help.ts';
import type { Policy } from '../rules/policy.ts';
import type { StandingOrders } from './orders-check.ts';
import type { Issue } from './plain-issues.ts';

/** What orders are checked against beside themselves: the policy in force, and where devices reach the endpoint. */
export type Around = { policy: Policy | null; endpointHost?: string | undefined };

/** The longest lesson: nobody supervises longer, and a forgotten one ends by itself. */
const LONGEST_LESSON_MS = 12 * 3_600_000;

/** Groups and bundles that the policy does not have, lessons that never end, and closings that would lock a school out. */
export const aroundIssues = (orders: StandingOrders, around: Around): Issue[] => [
  ...unknownIssues(orders, around.policy),
  ...orders.lessons.flatMap(({ startsAt, endsAt }, at) =>
    Date.parse(endsAt) - Date.parse(startsAt) > LONGEST_LESSON_MS
      ? [{ path: `lessons[${at}].endsAt`, problem: 'a lesson lasts 12 hours at most' }]
      : [],
  ),
  ...closingIssues(orders, around),
];

function unknownIssues({ lessons, grants }: StandingOrders, policy: Policy | null): Issue[] {
  if (!policy) return [];
  const unknown = (what: 'group' | 'bundle', known: readonly { id: string }[], ids: string[], path: string) =>
    ids
      .filter((id) => !known.some((one) => one.id === id))
      .map((id) => ({
        path,
        problem: `there is no ${what} "${id}"; the policy has ${known.map((one) => one.id).join(', ') || 'none'}`,
      }));
  return [
    ...lessons.flatMap(({ groups, bundles }, at) => [
      ...unknown('group', policy.groups, groups, `lessons[${at}].groups`),
      ...unknown('bundle', policy.bundles, bundles, `lessons[${at}].bundles`),
    ]),
    ...grants.flatMap(({ scope }, at) =>
      unknown('group', policy.groups, scope.groups ?? [], `grants[${at}].scope.groups`),
    ),
  ];
}

/** An urgent closing wins over everything, so it may not take away what must open for a device to work, nor help. */
function closingIssues({ closings }: StandingOrders, { policy, endpointHost }: Around): Issue[] {
  const kept = [
    ...[...essentialHosts, ...(policy?.essential ?? [])],
    ...[...helpHosts, ...(policy?.help.flatMap(({ host }) => host ?? []) ?? [])].map((host) => ({
      host,
      reason: 'help that nobody takes away',
    })),
    ...(endpointHost ? [{ host: endpointHost, reason: 'the school’s Keystage endpoint' }] : []),
  ];
  return closings.flatMap(({ entry }, at) => {
    const read = parseEntry(entry);
    if (!read.ok) return [];
    const { host, below } = read.entry;
    const taken = kept.find((one) => one.host === host || (below && isWithin(one.host, host)));
    return taken
      ? [{ path: `closings[${at}].entry`, problem: `would close ${taken.host}: ${taken.reason}` }]
      : [];
  });
}

/** The host under which the packed extension reaches the endpoint; `undefined` where nothing is packed yet. */
export async function packedHost(packedFolder: string): Promise<string | undefined> {
  const updates = await readFile(join(packedFolder, 'updates.xml'), 'utf8').catch(() => '');
  const url = /codebase="([^"]+)"/.exec(updates)?.[1] ?? '';
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
