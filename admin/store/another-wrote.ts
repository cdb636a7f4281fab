import { sql } from 'kysely';
import type { Store } from './tables.ts';

/** How much was written: by this process, and a number that changes whenever another process writes. */
export async function writesSoFar(store: Store): Promise<{ own: number; others: number }> {
  const { rows } = await sql<{ own: number; others: number }>`
    select total_changes() as own, (select data_version from pragma_data_version) as others
  `.execute(store);
  return rows[0] ?? { own: 0, others: 0 };
}

/** Tells whether another process, such as the command line, wrote to the database since the last time it was asked. */
export function createAnotherWrote(store: Store): () => Promise<boolean> {
  let last: number | undefined;
  return async () => {
    const { others } = await writesSoFar(store);
    const wrote = last !== undefined && others !== last;
    last = others;
    return wrote;
  };
}
