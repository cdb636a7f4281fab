import { fileURLToPath } from 'node:url';
import { isListed } from '../rules/address.ts';
import { categories, categoryIds } from '../rules/categories.ts';
import { parseEntry } from '../rules/entry.ts';
import type { Policy } from '../rules/policy.ts';
import type { Issue } from './plain-issues.ts';
import { entriesOf } from './policy-check.ts';
import { withNames } from './shown-path.ts';
import { readListFolder } from './verdict-lists.ts';

const ourLists = fileURLToPath(new URL('./lists', import.meta.url));

/**
 * What is no mistake in a policy, and worth a second look: ends and reviews that are over, and approved entries that
 * one of our own lists calls illegal or sensitive.
 */
export async function policyNotes(policy: Policy, now: Date): Promise<Issue[]> {
  return withNames(
    [...ended(policy, now), ...reviewsPast(policy, now), ...(await openedAgainstLists(policy))],
    policy,
  );
}

function ended(policy: Policy, now: Date): Issue[] {
  const timed = [
    ...entriesOf(policy).map(({ path, line }) => ({ path, endsAt: line.endsAt })),
    ...(policy.overlays ?? []).map(({ endsAt }, at) => ({ path: `overlays[${at}]`, endsAt })),
  ];
  return timed.flatMap(({ path, endsAt }) =>
    endsAt !== undefined && Date.parse(endsAt) <= now.getTime()
      ? [{ path: `${path}.endsAt`, problem: `${endsAt} is over: it does nothing any more` }]
      : [],
  );
}

function reviewsPast({ overlays = [], history }: Policy, now: Date): Issue[] {
  const today = now.toISOString().slice(0, 10);
  return Object.entries({ overlays, history }).flatMap(([part, things]) =>
    things.flatMap(({ reviewBy }, at) =>
      reviewBy < today
        ? [{ path: `${part}[${at}].reviewBy`, problem: `${reviewBy} is past: was it reviewed?` }]
        : [],
    ),
  );
}

async function openedAgainstLists(policy: Policy): Promise<Issue[]> {
  const grave = categoryIds.filter((id) => categories[id].class !== 'ordinary');
  const { lists } = await readListFolder(ourLists, grave);
  return policy.lists.flatMap(({ says, entries }, list) =>
    says !== 'open'
      ? []
      : entries.flatMap((line, at) => {
          const read = parseEntry(line.entry);
          if (!read.ok) return [];
          return grave
            .filter((id) => isListed(lists.get(id) ?? new Set(), read.entry.host))
            .map((id) => ({
              path: `lists[${list}].entries[${at}].entry`,
              problem: `is opened, and stands in Keystage’s own list “${categories[id].title}” (${categories[id].class})`,
            }));
        }),
  );
}
