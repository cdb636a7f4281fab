import { parseEntry } from '../../rules/entry.ts';
import type { EntryLine, Policy } from '../../rules/policy.ts';
import { isEarlyYears } from '../../rules/stages.ts';
import { documentsWithoutOpenings } from '../documents-now.ts';
import type { Class } from '../groups/classes.ts';
import type { Person } from '../people.ts';
import { may } from '../roles.ts';
import type { LessonParts } from './parts.ts';
import { isPageOrPath } from './pasted-entry.ts';
import { type Refused, refused } from './refused.ts';
import { approvedEntries, notGrantable, readPasted } from './sites.ts';
import type { PastedSite } from './wire.ts';

export const MOST_SITES = 500;

/** Pasted addresses as sites of a lesson, if this role may paste and each may stand there. */
export async function checkPasted(
  now: Date,
  pasted: readonly PastedSite[],
  person: Person,
  groups: readonly Class[],
): Promise<{ ok: true; sites: EntryLine[] } | Refused> {
  if (pasted.length > 0 && !may(person.role, 'paste-sites'))
    return refused(403, 'may-not-paste', 'Your role opens approved lists only, no pasted addresses.');
  return readPasted(pasted, { groups, adult: person.name, now });
}

/** Everything that the lesson would open, by the grant table and by how young the class is. */
export async function checkSites(
  { store, now, listsOf }: Pick<LessonParts, 'store' | 'now' | 'listsOf'>,
  sites: readonly EntryLine[],
  groups: readonly Class[],
  { role }: Person,
  policy: Policy,
): Promise<Refused | null> {
  if (sites.length > MOST_SITES)
    return refused(
      422,
      'too-many-sites',
      `That is ${sites.length} sites; a lesson has ${MOST_SITES} at most.`,
    );
  const young = groups.find(({ stage }) => isEarlyYears(stage));
  if (young) {
    const approved = approvedEntries(policy, young, now().getTime());
    const whole = sites.find(({ entry }) => {
      const read = parseEntry(entry);
      return !approved.has(entry) && read.ok && !isPageOrPath(read.entry);
    });
    if (whole)
      return refused(
        422,
        'whole-host',
        `“${whole.entry}” is a whole site that no approved list has. For ${young.name}, name a page or a path.`,
      );
  }
  const at = now().getTime();
  return notGrantable(sites, groups, role, {
    documents: await documentsWithoutOpenings(store, listsOf, policy, groups, at),
    now: at,
  });
}

/** Each site once; what was said last of it counts. */
export const onceEach = (sites: readonly EntryLine[]): EntryLine[] => [
  ...new Map(sites.map((site) => [site.entry, site])).values(),
];
