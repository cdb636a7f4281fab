import type { AuditAct, AuditFacts } from '../audit-acts.ts';
import type { Writing } from './tables.ts';

export type AuditLine = {
  at: Date;
  /** The person's id; `null` for the endpoint itself and its command line. */
  person: string | null;
  by: string;
  act: AuditAct;
  item?: string;
  /** What the audit page adds to the act. */
  facts?: AuditFacts;
  /** Words about a report or request, which stand there and nowhere else. */
  note?: string;
};

/**
 * Writes down who did what. No person can change or remove a line; retention takes the words of a note away with the
 * report that it speaks of, and old lines after years (`admin/retention.ts`).
 */
export async function writeAudit(store: Writing, lines: AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  await store
    .insertInto('audit')
    .values(
      lines.map(({ at, person, by, act, item, facts, note }) => ({
        at: at.toISOString(),
        person,
        by,
        act,
        item: item ?? null,
        facts: facts === undefined ? null : JSON.stringify(facts),
        note: note ?? null,
      })),
    )
    .execute();
}
