import { type Kysely, sql } from 'kysely';

/**
 * That the school's network still closes what a grant opened is said of the grant, whatever it came from: a request's
 * yes and homework too, not an unblock alone.
 */
export async function networkClosed(db: Kysely<unknown>): Promise<void> {
  for (const column of ['networkClosedAt', 'networkClosedHost'] as const)
    await db.schema.alterTable('grants').addColumn(column, 'text').execute();
  await sql`
    update "grants" set
      "networkClosedAt" = (select "networkClosedAt" from "unblocks" where "unblocks"."grant" = "grants"."id"),
      "networkClosedHost" = (select "networkClosedHost" from "unblocks" where "unblocks"."grant" = "grants"."id")
    where "kind" = 'unblock'`.execute(db);
  for (const column of ['networkClosedAt', 'networkClosedHost'] as const)
    await db.schema.alterTable('unblocks').dropColumn(column).execute();
}
