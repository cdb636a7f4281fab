import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { AuditSheet } from '../../../admin/console/src/pieces/audit-sheet.tsx';

test('a line about a report leads to it, for whoever is told which; another line leads nowhere', () => {
  const line = { at: '2026-11-20T10:00:00Z', by: 'Amina Reed', act: 'no-concern' };
  const facts = { report: '2026-11-20T09:00:00Z', from: '4 Ash' };
  const rows = [
    { ...line, number: 2, facts, item: 'b2c' },
    { ...line, number: 1, facts, item: null },
  ];
  const html = renderToString(<AuditSheet rows={rows} />);
  expect(html.match(/<a [^>]*href="[^"]*"/g)).toEqual(['<a href="/item?id=b2c"']);
  expect(html.match(/from 4 Ash\./g)).toHaveLength(2);
});
