import type { Writing } from './tables.ts';

export type AuditLine = {
  at: Date;
  /** The person's id; `null` for the endpoint itself and its command line. */
  person: string | null;
  by: string;
  act: string;
  item?: string;
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
      lines.map(({ at, person, by, act, item, note }) => ({
        at: at.toISOString(),
        person,
        by,
        act,
        item: item ?? null,
        note: note ?? null,
      })),
    )
    .execute();
}
