import type { Selectable } from 'kysely';
import { z } from 'zod';
import { EntryLine } from '../../rules/policy.ts';
import type { AuditFacts } from '../audit-acts.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import { networkClosedOf } from '../grants/network-closed.ts';
import { endGrant, type KeptGrant, keepGrant } from '../grants/store.ts';
import { grantOfUnblock } from '../grants/what-opened-it.ts';
import { allClasses } from '../groups/classes.ts';
import { notGrantable, readPasted } from '../lessons/sites.ts';
import type { Person } from '../people.ts';
import { may } from '../roles.ts';
import { writeAudit } from '../store/audit.ts';
import type { Unblocks as UnblocksTable } from '../store/tables/openings.ts';
import type { Store } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { AskUnblock, UnblockLine } from './wire.ts';

type Parts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  listsOf: ReturnType<typeof createCatalogueLists>;
};
export type UnblockRefused = { ok: false; status: 403 | 404 | 409 | 422; code: string; message: string };
export type UnblockDone = { ok: true; id: string } | UnblockRefused;

const DAY_MS = 24 * 3_600_000;
/** A period of study: at most a term. */
const LONGEST_MS = 120 * DAY_MS;
/** How long what is over stays on the page; the audit keeps it. */
const SHOWN_MS = 30 * DAY_MS;

const factsOf = ({ group, entries, endsAt }: Selectable<UnblocksTable>): AuditFacts => ({
  classes: [group],
  sites: linesIn(entries).map(({ entry }) => entry),
  until: new Date(endsAt).toISOString(),
});

const refused = (status: UnblockRefused['status'], code: string, message: string): UnblockRefused => ({
  ok: false,
  status,
  code,
  message,
});

/**
 * Unblocking for a period of study (FIELD U1, U2): staff ask with a reason, the network manager decides with a reason,
 * it opens for that class alone, and ends by itself.
 */
export function createUnblocks({ store, now, newId, listsOf }: Parts) {
  async function ask(person: Person, asked: AskUnblock): Promise<UnblockDone> {
    const policy = await policyNow(store);
    if (!policy) return refused(409, 'no-policy', 'No policy is published yet.');
    const group = (await allClasses(store, policy)).find(({ id }) => id === asked.group);
    if (!group) return refused(422, 'no-group', `There is no class “${asked.group}”.`);
    const [starts, ends] = [Date.parse(asked.startsAt), Date.parse(asked.endsAt)];
    if (ends <= now().getTime()) return refused(422, 'ends-in-past', 'The end is over already.');
    if (ends <= starts) return refused(422, 'ends-before-start', 'The end is not after the start.');
    if (ends - starts > LONGEST_MS)
      return refused(422, 'too-long', 'A period of study lasts 120 days at most.');
    const read = readPasted(
      asked.sites.map((entry) => ({ entry, looked: true, reason: asked.reason })),
      { groups: [group], adult: person.name, now: now() },
    );
    if (!read.ok) return read;
    // What nobody may open is said at once, and never waits for an answer.
    const at = now().getTime();
    const documents = await documentsWithoutOpenings(store, listsOf, policy, [group], at);
    const locked = notGrantable(read.sites, [group], 'network-manager', { documents, now: at });
    if (locked) return locked;
    const id = `unblock-${newId()}`;
    const facts = {
      classes: [group.id],
      sites: read.sites.map(({ entry }) => entry),
      until: new Date(ends).toISOString(),
    };
    await store.transaction().execute(async (writing) => {
      await writing
        .insertInto('unblocks')
        .values({
          id,
          group: group.id,
          entries: JSON.stringify(read.sites),
          reason: asked.reason,
          startsAt: asked.startsAt,
          endsAt: asked.endsAt,
          askedBy: person.id,
          askedByName: person.name,
          askedAt: now().toISOString(),
          state: 'asked',
          decidedBy: null,
          decidedWhy: null,
          decidedAt: null,
          grant: null,
        })
        .execute();
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: 'asked-unblock',
          item: id,
          facts: { ...facts, why: asked.reason },
        },
      ]);
    });
    return { ok: true, id };
  }

  async function decide(
    person: Person,
    id: string,
    said: { yes: boolean; why: string },
  ): Promise<UnblockDone> {
    return store.transaction().execute(async (writing): Promise<UnblockDone> => {
      const row = await writing.selectFrom('unblocks').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return refused(404, 'not-found', 'There is nothing at this address.');
      if (row.state !== 'asked') return refused(409, 'decided', 'Somebody has decided this already.');
      if (row.askedBy === person.id)
        return refused(403, 'own-request', 'Whoever asks does not decide: somebody else has to.');
      if (said.yes && row.endsAt <= now().toISOString())
        return refused(422, 'ends-in-past', 'The period that was asked for is over already.');
      const grant = said.yes ? grantOfUnblock(id) : null;
      await writing
        .updateTable('unblocks')
        .set({
          state: said.yes ? 'agreed' : 'refused',
          decidedBy: person.name,
          decidedWhy: said.why,
          decidedAt: now().toISOString(),
          grant,
        })
        .where('id', '=', id)
        .execute();
      if (grant !== null)
        await keepGrant(writing, {
          id: grant,
          kind: 'unblock',
          scope: { groups: [row.group] },
          entries: linesIn(row.entries),
          reason: row.reason,
          homework: null,
          person: person.id,
          by: `${person.name}, asked by ${row.askedByName}`,
          madeAt: now().toISOString(),
          startsAt: row.startsAt,
          endsAt: row.endsAt,
        });
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: said.yes ? 'agreed-unblock' : 'refused-unblock',
          item: id,
          facts: { ...factsOf(row), why: said.why },
        },
      ]);
      return { ok: true, id };
    });
  }

  /** Ends what is open before its end: the network manager, or whoever asked for it. */
  async function end(person: Person, id: string): Promise<UnblockDone> {
    return store.transaction().execute(async (writing): Promise<UnblockDone> => {
      const row = await writing.selectFrom('unblocks').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row || (row.askedBy !== person.id && !may(person.role, 'decide-unblock')))
        return refused(404, 'not-found', 'There is nothing at this address.');
      if (row.state === 'refused' || row.state === 'ended')
        return refused(409, 'over', 'This is over already.');
      if (row.grant) await endGrant(writing, row.grant, person.name, now());
      await writing.updateTable('unblocks').set({ state: 'ended' }).where('id', '=', id).execute();
      await writeAudit(writing, [
        {
          at: now(),
          person: person.id,
          by: person.name,
          act: 'ended-unblock',
          item: id,
          facts: factsOf(row),
        },
      ]);
      return { ok: true, id };
    });
  }

  /** What waits, what is open and what is over: whoever decides sees all, others what they or their school asked for. */
  async function all(person: Person): Promise<UnblockLine[]> {
    const since = new Date(now().getTime() - SHOWN_MS).toISOString();
    const [rows, classes] = await Promise.all([
      store
        .selectFrom('unblocks')
        .leftJoin('grants', 'grants.id', 'unblocks.grant')
        .selectAll('unblocks')
        .select(['grants.networkClosedAt', 'grants.networkClosedHost'])
        .where('unblocks.endsAt', '>', since)
        .orderBy('askedAt', 'desc')
        .execute(),
      policyNow(store).then((policy) => allClasses(store, policy)),
    ]);
    return rows.map((row) =>
      lineOf(row, person, now(), (id) => classes.find((one) => one.id === id)?.name ?? id),
    );
  }

  return { ask, decide, end, all };
}
export type Unblocks = ReturnType<typeof createUnblocks>;

const linesIn = (json: string): EntryLine[] => z.array(EntryLine).parse(JSON.parse(json));

const lineOf = (
  row: Selectable<UnblocksTable> & Pick<KeptGrant, 'networkClosedAt' | 'networkClosedHost'>,
  person: Person,
  now: Date,
  nameOf: (group: string) => string,
): UnblockLine => ({
  id: row.id,
  group: { id: row.group, name: nameOf(row.group) },
  entries: linesIn(row.entries),
  reason: row.reason,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  askedBy: row.askedByName,
  askedAt: row.askedAt,
  mine: row.askedBy === person.id,
  // Time ends what was agreed, whether or not anybody has written it down yet.
  state: row.state === 'agreed' && row.endsAt <= now.toISOString() ? 'ended' : row.state,
  decidedBy: row.decidedBy,
  decidedWhy: row.decidedWhy,
  networkClosed: networkClosedOf(row),
});
