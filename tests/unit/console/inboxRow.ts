import type { InboxRow } from '../../../admin/console-wire.ts';

/** A report that nobody has judged, as the inbox lists it. */
export const inboxRow = (id: string, more: Partial<InboxRow> = {}): InboxRow => ({
  id,
  kind: 'report',
  receivedAt: '2026-11-20T10:00:00.000Z',
  at: '2026-11-20T10:00:00.000Z',
  host: `${id}.example`,
  what: 'page',
  stage: 'KS2',
  group: null,
  answers: [],
  urgency: 'ordinary',
  state: 'new',
  count: 1,
  returned: false,
  notes: 0,
  ...more,
});
