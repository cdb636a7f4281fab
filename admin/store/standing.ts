import type { Writing } from './tables.ts';

/** Reads a small fact that the endpoint keeps, or `undefined`. */
export async function readStanding(store: Writing, key: string): Promise<unknown> {
  const row = await store.selectFrom('standing').select('value').where('key', '=', key).executeTakeFirst();
  return row && JSON.parse(row.value);
}

export async function writeStanding(store: Writing, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await store
    .insertInto('standing')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute();
}
