import { addressAt } from '../../rules/address-at.ts';
import { categories } from '../../rules/categories.ts';
import type { Documents } from '../../rules/documents.ts';
import { parseEntry } from '../../rules/entry.ts';
import { mayGrantAddress } from '../../rules/grant-address.ts';
import type { GrantRole } from '../../rules/grant-table.ts';
import { isListFor } from '../../rules/list-for.ts';
import { type OpensBelow, opensBelow } from '../../rules/opens-below.ts';
import type { EntryLine, Policy } from '../../rules/policy.ts';
import { isEarlyYears, type Stage } from '../../rules/stages.ts';
import { standingOf } from '../../rules/standing.ts';
import type { Role } from '../console-wire.ts';
import { readPastedEntry } from './pasted-entry.ts';
import { type Refused, refused } from './refused.ts';
import type { PastedSite } from './wire.ts';

type Group = { id: string; name: string; stage: Stage };

/** What a person's role counts as in the grant table: whoever takes a class is its teacher. */
export const grantRoleOf = (role: Role): GrantRole => {
  switch (role) {
    case 'coordinator':
    case 'dsl':
    case 'principal':
    case 'network-manager':
      return role;
    case 'slt':
      return 'principal';
    default:
      return 'teacher';
  }
};

/**
 * Pasted addresses as lines of a lesson, or the first that may not stand there. At EYFS and KS1 each is an act of
 * approval by the adult (issue 4.3, FIELD A1).
 */
export function readPasted(
  pasted: readonly PastedSite[],
  { groups, adult, now }: { groups: readonly Group[]; adult: string; now: Date },
): { ok: true; sites: EntryLine[] } | Refused {
  const young = groups.find(({ stage }) => isEarlyYears(stage));
  const sites: EntryLine[] = [];
  for (const [at, site] of pasted.entries()) {
    const where = `Site ${at + 1}, “${short(site.entry)}”`;
    const read = readPastedEntry(site.entry, young !== undefined);
    if (!read.ok)
      return refused(
        422,
        read.code,
        read.code === 'unreadable-site'
          ? `${where}: ${read.reason}.`
          : `${where} is a whole site. For ${young?.name}, name the page or the path that you have looked at.`,
      );
    if (young) {
      if (site.looked !== true)
        return refused(422, 'not-looked', `${where}: please look at the page first, and say that you have.`);
      if ((site.reason ?? '').trim().length < 3)
        return refused(422, 'no-reason', `${where}: please say what it is for.`);
    }
    const title = site.title?.trim().slice(0, 120);
    sites.push({
      entry: read.entry,
      ...(title ? { title } : {}),
      ...(site.reason?.trim() ? { reason: site.reason.trim() } : {}),
      approvedBy: adult.slice(0, 120),
      ...(site.looked ? { previewedAt: now.toISOString().slice(0, 10) } : {}),
    });
  }
  return { ok: true, sites };
}

/**
 * The first site that this role may not open for one of these classes, by the grant table (DESIGN §6). What stands on
 * the school's own approved lists is refused only where it is locked.
 */
export function notGrantable(
  sites: readonly EntryLine[],
  groups: readonly Group[],
  role: Role,
  { documents, now }: { documents: Documents; now: number },
): Refused | null {
  for (const group of groups) {
    const approved = approvedEntries(documents.policy, group, now);
    const situation = { stage: group.stage, groups: [group.id], now };
    const standing = standingOf(documents, situation);
    const as = grantRoleOf(role);
    for (const { entry: text } of sites) {
      const read = parseEntry(text);
      const address = read.ok ? addressAt(read.entry) : null;
      if (!read.ok || !address)
        return refused(
          422,
          'unreadable-site',
          `“${short(text)}”: ${read.ok ? 'is no address' : read.reason}.`,
        );
      const answer = mayGrantAddress(as, documents, situation, address);
      if (answer.may || !('because' in answer)) {
        const below = approved.has(text) ? null : opensBelow(as, documents, standing, read.entry);
        if (below) return refused(422, 'ask-network-manager', sayBelow(text, below, group));
        continue;
      }
      const because = answer.because.map((id) => categories[id].title).join(', ');
      if (answer.code === 'nobody')
        return refused(
          422,
          'locked',
          `“${short(text)}” is locked${because && ` (${because})`}: nobody can open it for ${group.name}.`,
        );
      if (!approved.has(text))
        return refused(
          422,
          'ask-network-manager',
          `“${short(text)}” is closed${because ? ` as ${because}` : ' by the school'}: for ${group.name} the network manager can open it, if you ask for an unblock.`,
        );
    }
  }
  return null;
}

/** Names what a whole site would open with it, and how to ask for less. */
function sayBelow(text: string, { names, more, because }: OpensBelow, { name }: Group): string {
  const which = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const why = because.map((id) => categories[id].title).join(', ') || 'by the school';
  return `“${short(text)}” would also open ${which} for ${name}, closed ${because.length > 0 ? 'as ' : ''}${why}. Name the page or the path that you need; the whole of it the network manager can open.`;
}

const asPupils = ({ id, stage }: Pick<Group, 'id' | 'stage'>) => ({ stage, groups: [id] });

/** Entries of the school's lists and bundles that are approved for this class now: another stage's are not. */
export const approvedEntries = (
  policy: Policy | null,
  group: Pick<Group, 'id' | 'stage'>,
  now: number,
): Set<string> =>
  new Set(
    [
      ...(
        policy?.lists.filter((list) => list.says === 'open' && isListFor(list, asPupils(group))) ?? []
      ).flatMap(({ entries }) => entries),
      ...(policy?.bundles.flatMap(({ pages }) => pages) ?? []),
    ]
      .filter(({ endsAt }) => endsAt === undefined || Date.parse(endsAt) > now)
      .map(({ entry }) => entry),
  );

/** What stands on these approved lists, or the first that is none, or not for one of the classes. */
export function readListed(
  policy: Policy,
  ids: readonly string[],
  groups: readonly Group[],
): { ok: true; sites: EntryLine[] } | Refused {
  const sites: EntryLine[] = [];
  for (const id of ids) {
    const list = policy.lists.find((one) => one.id === id && one.says === 'open');
    if (!list) return refused(422, 'no-list', `There is no approved list “${id.slice(0, 40)}”.`);
    const without = groups.find((group) => !isListFor(list, asPupils(group)));
    if (without)
      return refused(422, 'list-not-for-stage', `The list “${list.title}” is not for ${without.name}.`);
    sites.push(...list.entries);
  }
  return { ok: true, sites };
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
