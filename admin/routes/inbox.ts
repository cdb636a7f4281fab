import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Policy } from '../../rules/policy.ts';
import { Act, type Inbox, Urgency } from '../console-wire.ts';
import { malformed, notFound, refuse } from '../refusal.ts';
import { writeAudit } from '../store/audit.ts';
import type { StoredDocument } from '../store/documents.ts';
import {
  areVisible,
  openAmong,
  readInbox,
  readItem,
  revealItem,
  setItemStates,
  whyNotAct,
} from '../store/inbox.ts';
import type { Writing } from '../store/tables.ts';
import { type ConsoleEnv, type ConsoleParts, requireDeed, requirePerson } from './console-parts.ts';

const Question = z.object({
  state: z.enum(['new', 'all']).default('new'),
  before: z.iso.datetime().optional(),
  urgency: Urgency.default('ordinary'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const whyNot = {
  'answered-on-requests': 'What a child asks for is answered on Requests, and not judged here.',
  'urgent-alone': 'An urgent report is judged by itself, not among others.',
} as const;

const stateAfter = { 'no-concern': 'no-concern', done: 'done', reopen: 'new', note: undefined } as const;

/** The coordinator's inbox: masked rows, one item, the logged look, acts on one or many. */
export function inboxRoutes({ store, now, people, live, document, sendsMail }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  const readNames = async () => namesIn(await document('policy'));
  app.use('/inbox/*', requirePerson(people), requireDeed('see-inbox'));

  app.get('/inbox', async (c) => {
    const asked = Question.safeParse(c.req.query());
    if (!asked.success) return malformed(c, 'The inbox was asked for in a way it does not know.');
    const inbox = await readInbox(store, c.get('person').role, asked.data);
    const names = await readNames();
    const rows = inbox.rows.map((row) => ({ ...row, group: names.ofGroup(row.group) }));
    return c.json({ ...inbox, rows, sendsMail } satisfies Inbox);
  });

  app.post('/inbox/act', requireDeed('act-on-items'), async (c) => {
    const read = Act.safeParse(await bodyOf(c));
    if (!read.success) return malformed(c, 'This is not an act that the inbox knows.');
    const { act, ids } = read.data;
    const note = ('note' in read.data && read.data.note) || undefined;
    const { id: person, name: by, role } = c.get('person');
    const done = await store.transaction().execute(async (writing) => {
      if (!(await areVisible(writing, role, ids))) return false;
      const code = await whyNotAct(writing, act, ids);
      if (code) return { code };
      const state = stateAfter[act];
      if (state) await setItemStates(writing, ids, state);
      const at = now();
      await writeAudit(
        writing,
        [...new Set(ids)].map((item) => ({ at, person, by, act, item, ...(note && { note }) })),
      );
      return { open: await openAmong(writing, ids) };
    });
    if (!done) return notFound(c);
    if ('code' in done) return refuse(c, 409, done.code, whyNot[done.code]);
    live.changed([{ openBefore: done.open, openNow: done.open }]);
    return c.json({ done: ids.length });
  });

  app.get('/inbox/:id', async (c) => {
    const item = await readItem(store, c.get('person').role, c.req.param('id'));
    if (!item) return notFound(c);
    const names = await readNames();
    return c.json({ ...item, group: names.ofGroup(item.group), listTitle: names.ofList(item.verdict.from) });
  });

  app.post('/inbox/:id/reveal', requireDeed('reveal'), async (c) => {
    const { id: person, name: by, role } = c.get('person');
    const item = c.req.param('id');
    // One transaction: nothing is shown that is not also written down.
    const revealed = await store.transaction().execute(async (writing: Writing) => {
      const found = await revealItem(writing, role, item);
      if (found) await writeAudit(writing, [{ at: now(), person, by, act: 'reveal', item }]);
      return found;
    });
    return revealed ? c.json(revealed) : notFound(c);
  });

  return app;
}

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);

/** What the policy in force calls the things that events name by id; a group that it no longer has keeps its id. */
function namesIn(policy: StoredDocument | undefined) {
  const read: Pick<Policy, 'lists' | 'bundles' | 'groups'> | null = policy ? JSON.parse(policy.body) : null;
  const named = [...(read?.lists ?? []), ...(read?.bundles ?? [])];
  return {
    ofList: (id: string | undefined): string | null => named.find((one) => one.id === id)?.title ?? null,
    ofGroup: (id: string | null): string | null => read?.groups.find((group) => group.id === id)?.name ?? id,
  };
}
