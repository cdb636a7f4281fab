import type { Kysely } from 'kysely';

/** Lessons: what an adult opened for whom, from when to when (issue 4.3). */
export async function lessons({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('lessons')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('adult', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('groups', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('sites', 'text', (column) => column.notNull())
    .addColumn('bundles', 'text', (column) => column.notNull())
    .addColumn('seats', 'text', (column) => column.notNull())
    .addColumn('opened', 'text', (column) => column.notNull())
    .addColumn('startsAt', 'text', (column) => column.notNull())
    .addColumn('endsAt', 'text', (column) => column.notNull())
    .addColumn('latestEnd', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'text')
    .addColumn('eyesUpSince', 'text')
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('presenter', 'text')
    .execute();
  await schema.createIndex('lessons_endedAt').on('lessons').column('endedAt').execute();
  await schema.createIndex('lessons_startsAt').on('lessons').column('startsAt').execute();
}
