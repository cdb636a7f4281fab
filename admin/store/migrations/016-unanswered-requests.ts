import { type Kysely, sql } from 'kysely';

/**
 * What a child asked for could once be judged in the inbox, and then nobody answered it: it waits again, on
 * *Requests*. The audit keeps who judged it.
 */
export async function unansweredRequests(db: Kysely<unknown>): Promise<void> {
  await sql`
    update "items" set "state" = 'new'
    where "kind" = 'request' and "state" <> 'new'
      and "id" not in (select "item" from "requestAnswers")`.execute(db);
}
