import type { Scope } from '../../rules/orders.ts';
import type { EntryLine } from '../../rules/policy.ts';
import { isEarlyYears, Stage } from '../../rules/stages.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import { networkClosedOf } from '../grants/network-closed.ts';
import { keepGrant, openGrants } from '../grants/store.ts';
import { allClasses } from '../groups/classes.ts';
import { latestEndOf } from '../lessons/kinds.ts';
import { grantRoleOf, notGrantable } from '../lessons/sites.ts';
import { openLessons } from '../lessons/store.ts';
import type { Person } from '../people.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store, Writing } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import { type Choice, choicesFor, stageNotKnown, whyNoChoice } from './choices.ts';
import { type Asked, answeredBy, askedBy, stageOf, waitingFor } from './waiting.ts';
import type { AnswerRequest, RequestLook, StillClosed } from './wire.ts';

type Parts = {
  store: Store;
  now: () => Date;

  listsOf: ReturnType<typeof createCatalogueLists>;
};

export type AnswerRefused = { ok: false; status: 403 | 404 | 409 | 422; code: string; message: string };
const refused = (status: AnswerRefused['status'], code: string, message: string): AnswerRefused => ({
  ok: false,
  status,
  code,
  message,
});

/** What adults do with pupils' requests (FIELD T1, S3 3.4): look, which is logged, and answer once. */
export function createRequests({ store, now, listsOf }: Parts) {
  /** The request, if this person may see it. */
  async function visible(person: Person, id: string): Promise<Asked | undefined> {
    const lines = await waitingFor(store, person, now());
    return lines.some((line) => line.id === id) ? askedBy(store, id, now()) : undefined;
  }

  /** Why this person may not open these entries for whoever asked; null if they may. */
  async function whyNot(
    person: Person,
    asked: Asked,
    entries: readonly EntryLine[],
  ): Promise<AnswerRefused | null> {
    const policy = await policyNow(store);
    const stage = stageOf(asked.event);
    if (!policy || !stage) return refused(409, 'not-known', stageNotKnown);
    const whose = answeredBy(asked.event, null);
    if (whose === 'nobody') return refused(422, 'locked', 'This is locked: nobody can open it.');
    if (whose === 'network-manager' && grantRoleOf(person.role) !== 'network-manager')
      return refused(403, 'ask-network-manager', 'Only the network manager can open this.');
    const classes = await allClasses(store, policy);
    const known = classes.find(({ id }) => id === asked.event.group);
    // For the class, and for whoever asked, who may be younger than the group.
    const whom = [
      ...(known ? [known] : []),
      ...(known?.stage === stage ? [] : [{ id: known?.id ?? '', name: stage, stage }]),
    ];
    const at = now().getTime();
    const documents = await documentsWithoutOpenings(store, listsOf, policy, whom, at);
    const wrong = notGrantable(entries, whom, person.role, { documents, now: at });
    return wrong && refused(wrong.status, wrong.code, wrong.message);
  }

  /** The latest end of a yes: that of the lesson it came from, else the longest that a lesson may last. */
  async function latestEnd(asked: Asked): Promise<number> {
    const lesson = (await openLessons(store)).find(({ id }) => id === asked.event.lesson);
    const at = now().getTime();
    const policy = await policyNow(store);
    const longest = policy ? latestEndOf(at, policy) : at;
    return lesson && Date.parse(lesson.endsAt) > at ? Math.max(Date.parse(lesson.endsAt), at) : longest;
  }

  async function look(person: Person, id: string): Promise<{ ok: true; look: RequestLook } | AnswerRefused> {
    const asked = await visible(person, id);
    if (!asked) return refused(404, 'not-found', 'There is nothing at this address.');
    const { event } = asked;
    const choices = choicesFor(event.address, event.stage);
    const first = choices[0];
    const wrong = first
      ? await whyNot(person, asked, linesOf(first, person))
      : whyNoChoice(event.address, event.stage);
    const name = await nameOf(store, event.account);
    // The look is in the log before anything is shown.
    await writeAudit(store, [
      { at: now(), person: person.id, by: person.name, act: 'saw-request', item: id },
    ]);
    return {
      ok: true,
      look: {
        address: event.address,
        account: event.account,
        name,
        why: event.why,
        choices: choices.map(({ as, entry }) => ({ as, entry })),
        mayOpen: wrong === null,
        because: wrong?.message ?? null,
        latestEnd: new Date(await latestEnd(asked)).toISOString(),
      },
    };
  }

  async function answer(
    person: Person,
    id: string,
    said: AnswerRequest,
  ): Promise<{ ok: true } | AnswerRefused> {
    const asked = await visible(person, id);
    if (!asked) return refused(404, 'not-found', 'There is nothing at this address.');
    if (said.answer === 'no')
      return keep(person, asked, { answer: 'no', reason: said.reason, until: null, grant: null });
    const choice = choicesFor(asked.event.address, asked.event.stage).find(({ as }) => as === said.as);
    if (!choice) return refused(422, 'no-choice', 'This cannot be opened that widely for whoever asked.');
    const { group } = asked.event;
    if (said.whom === 'class' && group === undefined)
      return refused(422, 'no-group', 'This computer belongs to no class: open it for this child alone.');
    const until = Date.parse(said.until);
    if (until <= now().getTime()) return refused(422, 'ends-in-past', 'The end is over already.');
    const latest = await latestEnd(asked);
    if (until > latest)
      return refused(422, 'too-long', `A yes holds until ${new Date(latest).toISOString()} at the latest.`);
    const entries = linesOf(choice, person);
    const wrong = await whyNot(person, asked, entries);
    if (wrong) return wrong;
    const grant = `request-${id}`;
    return keep(person, asked, { answer: 'yes', reason: said.reason, until: said.until, grant }, (writing) =>
      keepGrant(writing, {
        id: grant,
        kind: 'request',
        scope: scopeOf(said.whom, asked),
        entries,
        reason: said.reason || asked.event.why || 'asked for by a pupil',
        homework: null,
        person: person.id,
        by: person.name,
        madeAt: now().toISOString(),
        startsAt: now().toISOString(),
        endsAt: said.until,
      }),
    );
  }

  /** One answer to one request: the second finds it answered. */
  const keep = (
    person: Person,
    { id, seat }: Asked,
    said: { answer: 'yes' | 'no'; reason: string; until: string | null; grant: string | null },
    alsoKeep: (writing: Writing) => Promise<void> = async () => {},
  ): Promise<{ ok: true } | AnswerRefused> =>
    store.transaction().execute(async (writing) => {
      const at = now();
      const { numInsertedOrUpdatedRows } = await writing
        .insertInto('requestAnswers')
        .values({ item: id, seat, ...said, person: person.id, by: person.name, at: at.toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) return refused(409, 'answered', 'Somebody has answered this already.');
      await alsoKeep(writing);
      await writing.updateTable('items').set({ state: 'done' }).where('id', '=', id).execute();
      await writeAudit(writing, [
        { at, person: person.id, by: person.name, act: `said-${said.answer}`, item: id },
      ]);
      return { ok: true as const };
    });

  /** What a yes opened and the school's network still closes: for whoever said yes, and whoever may change that. */
  async function stillClosed(person: Person): Promise<StillClosed[]> {
    const opened = (await openGrants(store, now())).filter(({ kind }) => kind === 'request');
    return opened.flatMap((grant) => {
      const closed = networkClosedOf(grant);
      const isTheirs = grant.person === person.id || person.role === 'network-manager';
      return closed && isTheirs ? [{ ...closed, id: grant.id, until: grant.endsAt }] : [];
    });
  }

  return { waiting: (person: Person) => waitingFor(store, person, now()), stillClosed, look, answer };
}
export type Requests = ReturnType<typeof createRequests>;

/** For the class, or this seat alone; at EYFS and KS1 also that only in a lesson of the class (`rules/standing.ts`). */
function scopeOf(whom: 'pupil' | 'class', { seat, event: { group, stage } }: Asked): Scope {
  if (group === undefined) return { seats: [seat] };
  if (whom === 'class') return { groups: [group] };
  const known = Stage.safeParse(stage);
  return known.success && !isEarlyYears(known.data) ? { seats: [seat] } : { groups: [group], seats: [seat] };
}

const linesOf = ({ entries }: Choice, { name }: Person): EntryLine[] =>
  entries.map((entry) => ({ entry, approvedBy: name.slice(0, 120) }));

async function nameOf(store: Writing, account: string): Promise<string | null> {
  const row = await store
    .selectFrom('pupils')
    .select('name')
    .where('account', '=', account.toLowerCase())
    .executeTakeFirst();
  return row?.name ?? null;
}
