import { parseEntry } from '../../rules/entry.ts';
import { isEarlyYears, isPupil, stages } from '../../rules/stages.ts';
import { asksForMore } from '../approvals/asks-for-more.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import { networkClosedOf } from '../grants/network-closed.ts';
import { endGrant, keepGrant, openGrants } from '../grants/store.ts';
import { allClasses } from '../groups/classes.ts';
import { approvedEntries, notGrantable, readListed, readPasted } from '../lessons/sites.ts';
import type { Person } from '../people.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { Homeworks, SetHomework } from './wire.ts';

type Parts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  listsOf: ReturnType<typeof createCatalogueLists>;
};
export type HomeworkSet =
  | { ok: true; id: string }
  | { ok: false; status: 403 | 404 | 409 | 422; code: string; message: string };

/** Homework is due within a half term; after that it is set again. */
const LONGEST_MS = 45 * 24 * 3_600_000;
/** The stage's supervised web, at home and at any hour: set again each week. */
const LONGEST_SUPERVISED_MS = 7 * 24 * 3_600_000;
/** A child of EYFS or KS1 who is in an older group has nothing of its homework. */
const olderStages = stages.filter((stage) => isPupil(stage) && !isEarlyYears(stage));
/** As many entries as one grant holds (`rules/orders.ts`). */
const MOST_ENTRIES = 200;

/** A teacher's permission to work at home: list, task and due date (FIELD A5). Never EYFS or KS1. */
export function createHomework({ store, now, newId, listsOf }: Parts) {
  async function set(person: Person, asked: SetHomework): Promise<HomeworkSet> {
    const wrong = (code: string, message: string): HomeworkSet => ({ ok: false, status: 422, code, message });
    const policy = await policyNow(store);
    if (!policy) return { ok: false, status: 409, code: 'no-policy', message: 'No policy is published yet.' };
    const all = await allClasses(store, policy);
    const groups = all.filter(({ id }) => asked.groups.includes(id));
    const unknown = asked.groups.find((id) => !groups.some((group) => group.id === id));
    if (unknown !== undefined) return wrong('no-group', `There is no class “${unknown}”.`);
    const young = groups.find(({ stage }) => isEarlyYears(stage));
    if (young)
      return wrong('not-for-stage', `${young.name} is ${young.stage}: its web opens in a lesson only.`);
    const lasts = Date.parse(asked.due) - now().getTime();
    if (lasts <= 0) return wrong('ends-in-past', 'The due date is over already.');
    if (lasts > LONGEST_MS) return wrong('too-long', 'Homework is due within 45 days.');
    if (asked.opens === 'supervised' && lasts > LONGEST_SUPERVISED_MS)
      return wrong('too-long', 'Homework that opens more than its list is due within a week.');
    const pasted = readPasted(asked.sites, { groups, adult: person.name, now: now() });
    if (!pasted.ok) return pasted;
    const listed = readListed(policy, asked.lists, groups);
    if (!listed.ok) return listed;
    const entries = [...listed.sites, ...pasted.sites];
    if (entries.length === 0) return wrong('no-site', 'Name a list or a site: homework opens nothing else.');
    if (entries.length > MOST_ENTRIES)
      return wrong(
        'too-many-sites',
        `That is ${entries.length} sites; homework has ${MOST_ENTRIES} at most.`,
      );
    const at = now().getTime();
    const documents = await documentsWithoutOpenings(store, listsOf, policy, groups, at);
    const refused = notGrantable(entries, groups, person.role, { documents, now: at });
    if (refused) return refused;
    // A lesson may use social media as its adult allows (FIELD T6); at home only what somebody consented to (T4, T5).
    for (const { entry } of pasted.sites) {
      const read = parseEntry(entry);
      const more = read.ok ? asksForMore('site', read.entry.host, documents) : undefined;
      const isApproved = groups.every((group) => approvedEntries(policy, group, at).has(entry));
      if (more?.code === 'needs-consent' && !isApproved)
        return wrong(
          more.code,
          `“${entry.slice(0, 80)}” is social media or new technology: have it approved first.`,
        );
    }
    const id = `homework-${newId()}`;
    await store.transaction().execute(async (writing) => {
      await keepGrant(writing, {
        id,
        kind: 'homework',
        scope: { groups: asked.groups, stages: olderStages },
        entries,
        reason: asked.task,
        homework: { task: asked.task, opens: asked.opens },
        person: person.id,
        by: person.name,
        madeAt: now().toISOString(),
        startsAt: now().toISOString(),
        endsAt: asked.due,
      });
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: 'set-homework',
          item: id,
          facts: { classes: asked.groups, siteCount: entries.length, until: asked.due },
        },
      ]);
    });
    return { ok: true, id };
  }

  async function all(person: Person): Promise<Homeworks> {
    const open = (await openGrants(store, now())).filter(({ kind }) => kind === 'homework');
    return {
      homework: open.map((grant) => ({
        id: grant.id,
        groups: grant.scope.groups ?? [],
        task: grant.homework?.task ?? '',
        entries: grant.entries,
        opens: grant.homework?.opens ?? 'list',
        by: grant.by,
        mine: grant.person === person.id,
        due: grant.endsAt,
        networkClosed: networkClosedOf(grant),
      })),
    };
  }

  async function end(person: Person, id: string): Promise<boolean> {
    const homework = (await all(person)).homework.find((one) => one.id === id);
    // A teacher ends her own; whoever cares for pupils may end any.
    if (!homework || (!homework.mine && person.role === 'teacher')) return false;
    if (!(await endGrant(store, id, person.name, now()))) return false;
    await writeAudit(store, [
      {
        at: now(),
        person: person.id,
        by: person.name,
        act: 'ended-homework',
        item: id,
        facts: { classes: homework.groups },
      },
    ]);
    return true;
  }

  return { set, all, end };
}
export type Homework = ReturnType<typeof createHomework>;
