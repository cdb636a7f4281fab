import type { Policy } from '../rules/policy.ts';
import { writeAudit } from './store/audit.ts';
import { newestDocument } from './store/documents.ts';
import {
  type Ended,
  emptyJournal,
  emptyOldDocuments,
  endOldAudit,
  endOldItems,
  endOldMails,
  endStrayEvents,
} from './store/ends.ts';
import { forgetWhatIsOver } from './store/forget.ts';
import type { Store } from './store/tables.ts';

const DAY_MS = 86_400_000;

/** Six years: as long as a claim may be brought in England and Wales. The line holds who and what, no child's words. */
const AUDIT_DAYS = 6 * 365;

/**
 * Deletes what the school said that it keeps no longer (`policy.retention`, which the status page tells the child):
 * reports and requests with everything that was added to them, and their mails. What nobody has looked at yet is never
 * deleted, however old: an unread report is not a record but a child who waits. One audit line, counts only. What
 * lessons, classes and people leave behind has periods of its own (`store/forget.ts`).
 */
export async function enforceRetention(store: Store, now: Date): Promise<Ended> {
  const policy = await newestDocument(store, 'policy');
  if (!policy) return { reports: 0, requests: 0 };
  const { retention }: Pick<Policy, 'retention'> = JSON.parse(policy.body);
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const ended = await store.transaction().execute(async (writing) => {
    const ended = {
      reports: await endOldItems(writing, 'report', before(retention.reports)),
      requests: await endOldItems(writing, 'request', before(retention.requests)),
    };
    await forgetWhatIsOver(writing, now, retention.requests);
    await endStrayEvents(writing, before(retention.reports));
    await emptyOldDocuments(writing);
    await endOldMails(writing, before(retention.reports));
    await endOldAudit(writing, before(Math.max(AUDIT_DAYS, retention.reports, retention.requests)));
    if (ended.reports + ended.requests > 0)
      await writeAudit(writing, [
        {
          at: now,
          person: null,
          by: 'Keystage',
          act: 'retention',
          facts: ended,
        },
      ]);
    return ended;
  });
  await emptyJournal(store);
  return ended;
}
