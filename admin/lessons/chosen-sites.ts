import type { EntryLine, Policy } from '../../rules/policy.ts';
import type { Class } from '../groups/classes.ts';
import type { Person } from '../people.ts';
import { checkPasted, checkSites, onceEach } from './check-sites.ts';
import type { LessonParts } from './parts.ts';
import { type Refused, refused } from './refused.ts';
import { approvedEntries, readListed } from './sites.ts';
import { type KeptLesson, lessonOf } from './store.ts';
import type { StartLesson } from './wire.ts';

/** The sites and bundles of a lesson that is asked for, each checked. */
export async function chosenSites(
  parts: LessonParts,
  asked: StartLesson,
  person: Person,
  groups: readonly Class[],
  policy: Policy,
): Promise<{ ok: true; sites: EntryLine[]; bundles: string[]; again: KeptLesson | null } | Refused> {
  const { store, now } = parts;
  const again = asked.again === undefined ? null : ((await lessonOf(store, asked.again)) ?? null);
  if (asked.again !== undefined) {
    if (!again) return refused(422, 'no-lesson', 'The earlier lesson is not there any more.');
    if (!again.groups.some((id) => groups.some((group) => group.id === id)))
      return refused(422, 'not-of-this-class', 'The earlier lesson was another class’s.');
  }
  const listed = readListed(policy, asked.lists, groups);
  if (!listed.ok) return listed;
  const unknown = asked.bundles.find((id) => !policy.bundles.some((bundle) => bundle.id === id));
  if (unknown !== undefined)
    return refused(422, 'no-bundle', `There is no bundle “${unknown.slice(0, 40)}”.`);
  const pasted = await checkPasted(now(), asked.sites, person, groups);
  if (!pasted.ok) return pasted;
  const at = now().getTime();
  const sites = onceEach(
    [...sitesAgain(again, person, groups, policy, at), ...listed.sites, ...pasted.sites].filter(
      ({ endsAt }) => endsAt === undefined || Date.parse(endsAt) > at,
    ),
  );
  const wrong = await checkSites(parts, sites, groups, person, policy);
  if (wrong) return wrong;
  const kept = (again?.bundles ?? []).filter((id) => policy.bundles.some((bundle) => bundle.id === id));
  return { ok: true, sites, bundles: [...new Set([...kept, ...asked.bundles])], again };
}

/** The sites of an earlier lesson. Whoever has a day pass takes what is approved, not what a colleague pasted. */
function sitesAgain(
  again: KeptLesson | null,
  { pass }: Person,
  groups: readonly Class[],
  policy: Policy,
  at: number,
): EntryLine[] {
  const sites = again?.sites ?? [];
  if (pass === null) return sites;
  const approved = groups.map((group) => approvedEntries(policy, group, at));
  return sites.filter(({ entry }) => approved.every((entries) => entries.has(entry)));
}
