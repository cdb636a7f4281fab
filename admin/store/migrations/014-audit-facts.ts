import type { Kysely } from 'kysely';

/**
 * What the audit page adds to an act, as facts that it has words for (`admin/audit-acts.ts`). Notes are from now on
 * words about a report alone; what older lines of other acts have there is not shown any more.
 */
export async function auditFacts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit').addColumn('facts', 'text').execute();
}
