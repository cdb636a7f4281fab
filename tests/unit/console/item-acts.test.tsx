import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { ItemActs } from '../../../admin/console/src/pieces/item-acts.tsx';

const acts = (kind: 'report' | 'request', state: 'new' | 'done') =>
  renderToString(
    <ItemActs item={{ kind, state, urgency: 'ordinary' }} settle={() => {}} reopen={() => {}} />,
  ).replace(/<[^>]*>/g, ' ');

test('a report is judged or reopened; what a child asks for is answered on Requests, and once', () => {
  expect(acts('report', 'new')).toMatch(/No concern.*Done/);
  expect(acts('report', 'done')).toContain('Reopen');
  expect(acts('request', 'new').trim()).toBe('Answer on Requests');
  expect(acts('request', 'done').trim()).toBe('');
});
