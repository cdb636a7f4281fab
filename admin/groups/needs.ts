import { parseEntry } from '../../rules/entry.ts';
import { Overlay, overlayIssues } from '../../rules/overlay.ts';
import type { EntryLine } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stages.ts';
import type { Role } from '../console-wire.ts';
import { documentsWithoutOpenings, policyNow } from '../documents-now.ts';
import type { Refused } from '../lessons/refused.ts';
import { notGrantable } from '../lessons/sites.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store, Writing } from '../store/tables.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { By } from './keep.ts';

export type NeedKept =
  | { ok: true }
  | { ok: false; code: 'no-pupil' | 'not-a-need'; issues: { path: string; problem: string }[] };

/** A review is due within a school year (FIELD F15, N1). */
const REVIEW_WITHIN_MS = 400 * 24 * 3_600_000;

/**
 * Keeps what one pupil needs beside the stage (FIELD N1): stricter or wider, with a reason, somebody who reviews it and
 * a day. It holds in every kind of lesson, and goes to that pupil's seats alone.
 */
export async function keepNeed(
  store: Store,
  asked: { account: string; overlay: Omit<Overlay, 'scope'>; reviewer: string },
  by: By,
  now: Date,
): Promise<NeedKept> {
  const account = asked.account.toLowerCase();
  const overlay: Overlay = { ...asked.overlay, scope: { pupils: [account] } };
  return store.transaction().execute(async (writing): Promise<NeedKept> => {
    const pupil = await writing
      .selectFrom('pupils')
      .select('stage')
      .where('account', '=', account)
      .where('leftAt', 'is', null)
      .executeTakeFirst();
    if (!pupil)
      return {
        ok: false,
        code: 'no-pupil',
        issues: [{ path: 'account', problem: 'there is no pupil of this account' }],
      };
    const issues = needIssues(overlay, pupil.stage as Stage, now);
    if (issues.length > 0) return { ok: false, code: 'not-a-need', issues };
    await writing
      .insertInto('needs')
      .values({
        id: overlay.id,
        account,
        overlay: JSON.stringify(overlay),
        reviewer: asked.reviewer,
        reviewBy: overlay.reviewBy,
        by: by.name,
        at: now.toISOString(),
        endedAt: null,
        endedBy: null,
      })
      .execute();
    await writeAudit(writing, [
      {
        at: now,
        person: by.person,
        by: by.name,
        act: 'set-need',
        item: overlay.id,
        facts: { need: overlay.direction },
      },
    ]);
    return { ok: true };
  });
}

/**
 * The first site of a wider need that this person may not open for this pupil, by the grant table: a need is no way
 * round the network manager (DESIGN §6).
 */
export async function needNotGrantable(
  store: Store,
  listsOf: ReturnType<typeof createCatalogueLists>,
  { account, entries }: { account: string; entries: readonly EntryLine[] },
  person: { role: Role },
  now: Date,
): Promise<Refused | null> {
  const pupil = await store
    .selectFrom('pupils')
    .select(['name', 'stage'])
    .where('account', '=', account.toLowerCase())
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  const policy = await policyNow(store);
  if (!pupil || !policy) return null;
  const whom = [{ id: '', name: pupil.name, stage: pupil.stage as Stage }];
  const at = now.getTime();
  const documents = await documentsWithoutOpenings(store, listsOf, policy, whom, at);
  const readable = entries.filter(({ entry }) => parseEntry(entry).ok);
  return notGrantable(readable, whom, person.role, { documents, now: at });
}

function needIssues(overlay: Overlay, stage: Stage, now: Date): { path: string; problem: string }[] {
  // The rules' own check, with the pupil's stage as a group's: it knows who may widen what, and for whom.
  const standIn = { ...overlay, scope: { groups: ['pupil'] } };
  const review = Date.parse(overlay.reviewBy) - now.getTime();
  return [
    ...overlayIssues({ overlays: [standIn], groups: [{ id: 'pupil', stage }] }).map(({ path, message }) => ({
      path: path.slice(2).join('.'),
      problem: message,
    })),
    ...(overlay.entries ?? []).flatMap(({ entry }, at) => {
      const read = parseEntry(entry);
      return read.ok ? [] : [{ path: `entries.${at}`, problem: `${read.code}: ${read.reason}` }];
    }),
    ...(review <= 0 ? [{ path: 'reviewBy', problem: 'the day of the review is over already' }] : []),
    ...(review > REVIEW_WITHIN_MS
      ? [{ path: 'reviewBy', problem: 'a review is due within a school year' }]
      : []),
  ];
}

/** Ends a need. False if there is no such need any more. */
export async function endNeed(store: Store, id: string, by: By, now: Date): Promise<boolean> {
  return store.transaction().execute(async (writing) => {
    const { numUpdatedRows } = await writing
      .updateTable('needs')
      .set({ endedAt: now.toISOString(), endedBy: by.name })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await writeAudit(writing, [{ at: now, person: by.person, by: by.name, act: 'ended-need', item: id }]);
    return true;
  });
}

/** The needs that hold now, by account. A line that cannot be read any more closes nothing and is not sent. */
export async function liveNeeds(store: Writing): Promise<Map<string, Overlay[]>> {
  const rows = await store
    .selectFrom('needs')
    .select(['account', 'overlay'])
    .where('endedAt', 'is', null)
    .execute();
  const out = new Map<string, Overlay[]>();
  for (const { account, overlay } of rows) {
    const read = Overlay.safeParse(JSON.parse(overlay));
    if (read.success) out.set(account, [...(out.get(account) ?? []), read.data]);
  }
  return out;
}
