import { batch, computed, signal } from '@preact/signals';
import type { Act, InboxRow } from '../../console-wire.ts';
import { isMoreUrgent } from '../../urgency.ts';
import type { Api, InboxFilter } from './api.ts';
import { addressOf } from './route.ts';
import { keepOnly, nothingSelected, type Selection } from './selection.ts';

/** As many rows as the endpoint gives at once. */
const pageSize = 50;
const mostAtOnce = 200;

/** What was just done, so that it can be said and undone. */
export type Done = { act: 'no-concern' | 'done'; rows: readonly InboxRow[] };

export const inboxAddress = (filter: InboxFilter): string =>
  addressOf('inbox', filter === 'all' ? { state: 'all' } : {});

export type InboxModel = ReturnType<typeof createInbox>;

/**
 * The inbox as this browser knows it. It outlives the page that shows it, so that coming back from one report finds
 * the list where it was. An act takes its rows away at once, and brings them back if the endpoint refuses.
 */
export function createInbox(api: Api) {
  const filter = signal<InboxFilter>('new');
  const read = signal<readonly InboxRow[] | null>(null);
  const more = signal(false);
  const waiting = signal<number | null>(null);
  /** Whether anybody is told by e-mail that a report waits; null until the endpoint has said so. */
  const sendsMail = signal<boolean | null>(null);
  const problem = signal<string | null>(null);
  const refused = signal<{ code: string; act: Act } | null>(null);
  const leaving = signal<ReadonlySet<string>>(new Set());
  const selection = signal<Selection>(nothingSelected);
  const done = signal<Done | null>(null);
  /** What arrived, or became more urgent, at the last reading. */
  const arrived = signal<readonly InboxRow[]>([]);
  const lastOpened = signal<string | null>(null);
  /** Counts the endpoint's "changed", for the page of one report to read again. */
  const changes = signal(0);

  const rows = computed(() => read.value?.filter((row) => !leaving.value.has(row.id)) ?? null);
  const order = computed(() => rows.value?.map((row) => row.id) ?? []);

  /** Rows that come back because of us are no news. */
  const ours = new Set<string>();
  /** Reports that can still be judged; the rest has been, and what a child asks for is answered on *Requests*. */
  const openRows = computed(
    () => rows.value?.filter(({ kind, state }) => kind === 'report' && state === 'new') ?? [],
  );
  const open = computed(() => openRows.value.map(({ id }) => id));
  /** Those that can be judged together: whoever has something urgent judges it by itself. */
  const together = computed(() =>
    openRows.value.filter(({ urgency }) => urgency === 'ordinary').map(({ id }) => id),
  );

  let asking: Promise<void> | null = null;
  let askAgain = false;

  async function ask(): Promise<void> {
    const asked = filter.value;
    const limit = Math.min(
      mostAtOnce,
      Math.max(pageSize, Math.ceil((read.value?.length ?? 0) / pageSize) * pageSize),
    );
    const answer = await api.inbox(asked, limit);
    if (filter.value !== asked) return;
    batch(() => {
      if (!answer.ok) {
        problem.value = answer.code;
        return;
      }
      const before = read.value;
      problem.value = null;
      read.value = answer.value.rows;
      more.value = answer.value.more;
      waiting.value = answer.value.waiting;
      sendsMail.value = answer.value.sendsMail;
      selection.value = keepOnly(selection.value, together.value);
      if (before) arrived.value = newsIn(answer.value.rows, before, ours);
    });
  }

  /** Read again; calls that come while one is under way are answered by one more. */
  function refresh(): Promise<void> {
    if (asking) {
      askAgain = true;
      return asking;
    }
    asking = (async () => {
      do {
        askAgain = false;
        await ask();
      } while (askAgain);
    })().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function readMore(): Promise<void> {
    const last = read.value?.at(-1);
    if (!last) return;
    const answer = await api.inbox(filter.value, pageSize, last);
    batch(() => {
      if (!answer.ok) {
        problem.value = answer.code;
        return;
      }
      const known = new Set(read.value?.map((row) => row.id));
      read.value = [...(read.value ?? []), ...answer.value.rows.filter((row) => !known.has(row.id))];
      more.value = answer.value.more;
    });
  }

  function show(next: InboxFilter): void {
    if (filter.value === next && read.value) return;
    batch(() => {
      filter.value = next;
      read.value = null;
      selection.value = nothingSelected;
      arrived.value = [];
      done.value = null;
    });
    void refresh();
  }

  /** All or nothing, as the endpoint does it. True when it is done. */
  async function act(next: Act): Promise<boolean> {
    const gone = next.act === 'no-concern' || next.act === 'done';
    const touched = read.value?.filter((row) => next.ids.includes(row.id)) ?? [];
    batch(() => {
      refused.value = null;
      done.value = null;
      if (gone && filter.value === 'new') leaving.value = new Set([...leaving.value, ...next.ids]);
      selection.value = keepOnly(selection.value, together.value);
    });
    for (const id of next.ids) ours.add(id);
    const answer = await api.act(next);
    if (answer.ok) await refresh();
    batch(() => {
      leaving.value = new Set([...leaving.value].filter((id) => !next.ids.includes(id)));
      if (!answer.ok) refused.value = { code: answer.code, act: next };
      else if (gone) done.value = { act: next.act, rows: touched };
    });
    return answer.ok;
  }

  const undo = async (): Promise<void> => {
    const last = done.value;
    if (last) await act({ act: 'reopen', ids: last.rows.map((row) => row.id) });
  };

  const changed = (): void => {
    changes.value += 1;
    void refresh();
  };

  /** On signing out nothing of it stays in this browser. */
  function forget(): void {
    batch(() => {
      read.value = null;
      waiting.value = null;
      sendsMail.value = null;
      problem.value = null;
      refused.value = null;
      selection.value = nothingSelected;
      done.value = null;
      arrived.value = [];
      lastOpened.value = null;
    });
  }

  return {
    forget,
    filter,
    rows,
    order,
    open,
    together,
    more,
    waiting,
    sendsMail,
    problem,
    refused,
    selection,
    done,
    arrived,
    lastOpened,
    changes,
    refresh,
    readMore,
    show,
    act,
    undo,
    changed,
  };
}

/** New rows that are newer than what was there, and whatever became more urgent since: it moved up. */
function newsIn(
  rows: readonly InboxRow[],
  before: readonly InboxRow[],
  ours: ReadonlySet<string>,
): InboxRow[] {
  const known = new Map(before.map((row) => [row.id, row.urgency]));
  const newest = before.reduce((last, { receivedAt }) => (receivedAt > last ? receivedAt : last), '');
  return rows.filter(({ id, state, urgency, receivedAt }) => {
    if (state !== 'new') return false;
    const was = known.get(id);
    if (was !== undefined) return isMoreUrgent(urgency, was);
    return !ours.has(id) && (receivedAt >= newest || urgency !== 'ordinary');
  });
}
