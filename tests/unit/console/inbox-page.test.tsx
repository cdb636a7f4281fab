import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { Api } from '../../../admin/console/src/api.ts';
import { type House, HouseContext } from '../../../admin/console/src/house.ts';
import { createInbox } from '../../../admin/console/src/inbox.ts';
import { InboxPage } from '../../../admin/console/src/pages/inbox.tsx';
import type { InboxRow } from '../../../admin/console-wire.ts';
import { inboxRow } from './inboxRow.ts';

const row = (host: string, more: Partial<InboxRow> = {}) => inboxRow(host, { host, ...more });

/** The page as it is shown; some rows of it are ticked. */
async function shown(rows: InboxRow[], { sendsMail = true, ticked = [] as string[] } = {}) {
  const value = { rows, more: false, waiting: rows.length, sendsMail };
  const inbox = createInbox({ inbox: async () => ({ ok: true, value }) } as unknown as Api);
  await inbox.refresh();
  inbox.selection.value = { ids: new Set(ticked), from: null };
  const html = renderToString(
    <HouseContext.Provider value={{ inbox } as unknown as House}>
      <InboxPage search={new URLSearchParams()} />
    </HouseContext.Provider>,
  );
  const line = (id: string) => new RegExp(`<tr data-id="${id}".*?</tr>`).exec(html)?.[0] ?? '';
  return { html, line };
}

test('what a child asks for leads to Requests, and has nothing to judge it with', async () => {
  const { line } = await shown([row('asked', { kind: 'request', what: 'request' }), row('plain')]);
  expect(line('asked')).toMatch(/<a [^>]*href="\/requests"[^>]*>Answer on Requests/);
  expect(line('asked')).not.toMatch(/No concern|checkbox/);
  expect(line('plain')).toMatch(/checkbox.*No concern/);
});

test('what is urgent cannot be ticked, and the bar says that it is left out', async () => {
  const rows = [row('urgent', { urgency: 'now', answers: ['someone-asking'] }), row('plain')];
  const { html, line } = await shown(rows, { ticked: ['plain'] });
  expect(line('urgent')).not.toContain('checkbox');
  expect(line('urgent')).toContain('No concern');
  expect(html).toContain('1 urgent report is left out: it is judged by itself.');
  expect((await shown([row('plain')], { ticked: ['plain'] })).html).not.toContain('left out');
});

test('where no mail is set up, the page says that nobody is told', async () => {
  expect((await shown([], { sendsMail: false })).html).toContain('Nobody is told by e-mail.');
  expect((await shown([])).html).not.toContain('told by e-mail');
});
