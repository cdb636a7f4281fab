import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { ReportEvent, RequestEvent } from '../../rules/wire.ts';
import type { Act, Inbox, InboxItem, InboxRow, ItemState, Revealed, Role, Urgency } from '../console-wire.ts';
import { may } from '../roles.ts';
import { rank } from '../urgency.ts';
import { doubtOf } from './seats.ts';
import type { Items } from './tables/inbox.ts';
import type { Store, Tables, Writing } from './tables.ts';

type InboxQuery = {
  state: 'new' | 'all';
  before?: string | undefined;
  /** The place of the row that `before` names. */
  urgency: Urgency;
  limit: number;
};

/** The one place that hides what a role may not know of; every question to `items` goes through it. */
function itemsFor(store: Writing, role: Role) {
  const items = store.selectFrom('items');
  return may(role, 'see-restricted') ? items : items.where('items.restricted', '=', 0);
}

const countNotes = (eb: ExpressionBuilder<Tables, 'items'>) =>
  eb
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('notes'))
    .whereRef('audit.item', '=', 'items.id')
    .where('audit.note', 'is not', null)
    .where('audit.person', 'is not', null)
    .as('notes');

/** The rank of `placeOf`, as the database counts it. */
const place = sql<number>`case
  when ${sql.ref('items.state')} <> 'new' then ${rank.ordinary}
  when ${sql.ref('items.urgency')} = 'now' then ${rank.now}
  when ${sql.ref('items.urgency')} = 'soon' then ${rank.soon}
  else ${rank.ordinary} end`;

/** What waits for somebody to judge it; a child's question waits for an answer, on *Requests*. */
const waitingFor = (store: Writing, role: Role) =>
  itemsFor(store, role).where('items.state', '=', 'new').where('items.kind', '=', 'report');

/** The inbox of a role: what is urgent and not judged, then the newest. */
export async function readInbox(
  store: Store,
  role: Role,
  { state, before, urgency, limit }: InboxQuery,
): Promise<Omit<Inbox, 'sendsMail'>> {
  let asked = (state === 'new' ? waitingFor(store, role) : itemsFor(store, role))
    .selectAll('items')
    .select(countNotes)
    .orderBy(place, 'desc')
    .orderBy('receivedAt', 'desc')
    .limit(limit + 1);
  if (before)
    asked = asked.where(({ or, and, eb }) =>
      or([
        eb(place, '<', rank[urgency]),
        and([eb(place, '=', rank[urgency]), eb('receivedAt', '<', before)]),
      ]),
    );
  const rows = await asked.execute();
  const { waiting } = await waitingFor(store, role)
    .select(sql<number>`count(*)`.as('waiting'))
    .executeTakeFirstOrThrow();
  return { rows: rows.slice(0, limit).map(rowOf), more: rows.length > limit, waiting };
}

/** One item without its title, address and account; `undefined` if this role may not know of it. */
export async function readItem(store: Store, role: Role, id: string): Promise<InboxItem | undefined> {
  const item = await itemsFor(store, role)
    .selectAll('items')
    .select(countNotes)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!item) return undefined;
  const event = await readEvent(store, id);
  const log = await store
    .selectFrom('audit')
    .select(['at', 'by', 'act', 'note'])
    .where('item', '=', id)
    .orderBy('number')
    .execute();
  return {
    ...rowOf(item),
    openedFrom: ('openedFrom' in event && event.openedFrom) || null,
    verdict: event.verdict,
    category: event.verdict.category ?? null,
    versions: event.versions,
    lesson: event.lesson ?? null,
    seat: item.seat,
    log,
  };
}

/** What a row hides. The caller writes the look into the audit first. */
export async function revealItem(store: Writing, role: Role, id: string): Promise<Revealed | undefined> {
  if (!(await areVisible(store, role, [id]))) return undefined;
  const event = await readEvent(store, id);
  const { seat } = await store
    .selectFrom('items')
    .select('seat')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const doubt = await doubtOf(store, seat, event.account);
  const { address, account } = event;
  return {
    ...(event.type === 'report'
      ? { address, title: event.title, account, why: null }
      : { address, title: '', account, why: event.why }),
    ...(doubt ? { doubt } : {}),
  };
}

/** True if this role may know of every one of them. */
export async function areVisible(store: Writing, role: Role, ids: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(ids)];
  const rows = await itemsFor(store, role).select('id').where('id', 'in', wanted).execute();
  return rows.length === wanted.length;
}

/**
 * Why this act is refused, or null. A child's question is answered, with a reason, and never judged; and nobody closes
 * what a child calls urgent among many others.
 */
export async function whyNotAct(
  store: Writing,
  act: Act['act'],
  ids: readonly string[],
): Promise<'answered-on-requests' | 'urgent-alone' | null> {
  if (act === 'note') return null;
  const items = await store.selectFrom('items').select(['kind', 'urgency']).where('id', 'in', ids).execute();
  if (items.some(({ kind }) => kind === 'request')) return 'answered-on-requests';
  const closes = act !== 'reopen' && items.length > 1;
  return closes && items.some(({ urgency }) => urgency !== 'ordinary') ? 'urgent-alone' : null;
}

export async function setItemStates(store: Writing, ids: readonly string[], state: ItemState): Promise<void> {
  await store.updateTable('items').set({ state }).where('id', 'in', ids).execute();
}

/** Which of these items are open to everybody who sees the inbox. */
export async function openAmong(store: Writing, ids: readonly string[]): Promise<boolean> {
  const row = await store
    .selectFrom('items')
    .select('id')
    .where('id', 'in', ids)
    .where('restricted', '=', 0)
    .executeTakeFirst();
  return row !== undefined;
}

async function readEvent(store: Writing, id: string): Promise<ReportEvent | RequestEvent> {
  const { body } = await store
    .selectFrom('events')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return JSON.parse(body);
}

const rowOf = (item: Selectable<Items> & { notes: number | null }): InboxRow => ({
  id: item.id,
  kind: item.kind,
  receivedAt: item.receivedAt,
  at: item.at,
  host: item.host,
  what: item.what as InboxRow['what'],
  stage: item.stage,
  group: item.group,
  answers: JSON.parse(item.answers),
  urgency: item.urgency,
  state: item.state,
  count: item.count,
  returned: item.returned === 1,
  notes: item.notes ?? 0,
});
