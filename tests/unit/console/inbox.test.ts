import { expect, test } from 'vitest';
import { type Answered, type Api, createApi } from '../../../admin/console/src/api.ts';
import { createInbox } from '../../../admin/console/src/inbox.ts';
import type { Act, Inbox, InboxRow } from '../../../admin/console-wire.ts';
import { inboxRow } from './inboxRow.ts';

const row = (name: string, receivedAt: string) => inboxRow(name, { receivedAt, at: receivedAt });

/** An endpoint whose answers the test holds in its hand. */
function endpoint(rows: InboxRow[]) {
  const acts: Act[] = [];
  const state = { rows, refuse: null as string | null, asked: 0, sendsMail: true };
  const api = {
    inbox: async (): Promise<Answered<Inbox>> => {
      state.asked += 1;
      return {
        ok: true,
        value: { rows: state.rows, more: false, waiting: state.rows.length, sendsMail: state.sendsMail },
      };
    },
    act: async (act: Act): Promise<Answered<unknown>> => {
      if (state.refuse) return { ok: false, code: state.refuse };
      acts.push(act);
      if (act.act !== 'note' && act.act !== 'reopen')
        state.rows = state.rows.filter(({ id }) => !act.ids.includes(id));
      return { ok: true, value: {} };
    },
  };
  return { inbox: createInbox(api as unknown as Api), state, acts };
}

const two = () => [row('b', '2026-11-20T10:01:00.000Z'), row('a', '2026-11-20T10:00:00.000Z')];
const shown = (inbox: ReturnType<typeof createInbox>) => inbox.rows.value?.map(({ id }) => id);

test('"no concern" takes the row away before the endpoint answers, and can be undone', async () => {
  const { inbox, acts } = endpoint(two());
  await inbox.refresh();
  const acting = inbox.act({ act: 'no-concern', ids: ['b'] });
  expect(shown(inbox)).toEqual(['a']);
  await acting;
  expect(shown(inbox)).toEqual(['a']);
  expect(inbox.done.value?.rows.map(({ host }) => host)).toEqual(['b.example']);
  await inbox.undo();
  expect(acts.map(({ act }) => act)).toEqual(['no-concern', 'reopen']);
});

test('when the endpoint refuses, the row is back and the reason is said', async () => {
  const { inbox, state } = endpoint(two());
  await inbox.refresh();
  state.refuse = 'offline';
  expect(await inbox.act({ act: 'no-concern', ids: ['b'] })).toBe(false);
  expect(shown(inbox)).toEqual(['b', 'a']);
  expect(inbox.refused.value?.code).toBe('offline');
  expect(inbox.done.value).toBeNull();
});

test('what arrives is news; what was undone is not', async () => {
  const { inbox, state } = endpoint(two());
  await inbox.refresh();
  expect(inbox.arrived.value).toEqual([]);
  state.rows = [row('c', '2026-11-20T10:02:00.000Z'), ...state.rows];
  await inbox.refresh();
  expect(inbox.arrived.value.map(({ id }) => id)).toEqual(['c']);
  await inbox.act({ act: 'no-concern', ids: ['c'] });
  state.rows = [row('c', '2026-11-20T10:02:00.000Z'), ...state.rows];
  await inbox.refresh();
  expect(inbox.arrived.value).toEqual([]);
});

test('a report that became more urgent is news, wherever it stood, and an older one below it is not', async () => {
  const { inbox, state } = endpoint(two());
  await inbox.refresh();
  const [b, a] = two() as [InboxRow, InboxRow];
  state.rows = [{ ...a, urgency: 'now' }, b];
  await inbox.refresh();
  expect(inbox.arrived.value.map(({ id }) => id)).toEqual(['a']);
  expect(shown(inbox)).toEqual(['a', 'b']);
  const older = row('o', '2026-11-20T10:00:30.000Z');
  state.rows = [...state.rows, older];
  await inbox.refresh();
  expect(inbox.arrived.value).toEqual([]);
  // One that a child's answer brought back: old, and urgent.
  state.rows = [{ ...row('r', '2026-11-20T09:00:00.000Z'), urgency: 'soon' }, ...state.rows];
  await inbox.refresh();
  expect(inbox.arrived.value.map(({ id }) => id)).toEqual(['r']);
});

test('what is urgent, and what a child asks for, is never ticked; the first is judged by itself', async () => {
  const { inbox, state } = endpoint(two());
  state.rows = [
    { ...row('u', '2026-11-20T10:02:00.000Z'), urgency: 'soon' },
    { ...row('q', '2026-11-20T10:03:00.000Z'), kind: 'request', what: 'request' },
    ...state.rows,
  ];
  await inbox.refresh();
  expect(inbox.open.value).toEqual(['u', 'b', 'a']);
  expect(inbox.together.value).toEqual(['b', 'a']);
  inbox.selection.value = { ids: new Set(['a', 'b']), from: null };
  state.rows = state.rows.map((one) => (one.id === 'a' ? { ...one, urgency: 'now' } : one));
  await inbox.refresh();
  expect([...inbox.selection.value.ids]).toEqual(['b']);
});

test('the next page is asked for from the place of the last row, judged or not', async () => {
  const asked: string[] = [];
  const api = createApi(async (path) => {
    asked.push(String(path));
    return new Response('{}');
  });
  const urgent = { ...row('a', '2026-11-20T10:00:00.000Z'), urgency: 'now' as const };
  await api.inbox('all', 50, urgent);
  await api.inbox('all', 50, { ...urgent, state: 'done' });
  expect(asked.map((path) => new URLSearchParams(path.split('?')[1]).get('urgency'))).toEqual([
    'now',
    'ordinary',
  ]);
});

test('whether anybody is told by e-mail is known once the endpoint has said so', async () => {
  const { inbox, state } = endpoint(two());
  expect(inbox.sendsMail.value).toBeNull();
  state.sendsMail = false;
  await inbox.refresh();
  expect(inbox.sendsMail.value).toBe(false);
});

test('many "changed" at once are one more question, not many', async () => {
  const { inbox, state } = endpoint(two());
  await Promise.all([inbox.refresh(), inbox.refresh(), inbox.refresh(), inbox.refresh()]);
  expect(state.asked).toBe(2);
});

test('a ticked row that another person settled is not ticked any more', async () => {
  const { inbox, state } = endpoint(two());
  await inbox.refresh();
  inbox.selection.value = { ids: new Set(['a', 'b']), from: null };
  state.rows = [row('a', '2026-11-20T10:00:00.000Z')];
  await inbox.refresh();
  expect([...inbox.selection.value.ids]).toEqual(['a']);
});

test('after signing out nothing is left', async () => {
  const { inbox } = endpoint(two());
  await inbox.refresh();
  inbox.forget();
  expect(inbox.rows.value).toBeNull();
  expect(inbox.waiting.value).toBeNull();
});
