import { sql } from 'kysely';
import type { Store } from './tables.ts';

/** Tells whether another process, such as the command line, wrote to the database since the last time it was asked. */
export function createAnotherWrote(store: Store): () => Promise<boolean> {
  let last: number | undefined;
  return async () => {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(store);
    const version = rows[0]?.data_version;
    const wrote = last !== undefined && version !== last;
    last = version;
    return wrote;
  };
}
