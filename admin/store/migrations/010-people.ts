import type { Kysely } from 'kysely';

/** Second factors, day passes, the break-glass account, people who left, and news for one person (issue 4.1). */
export async function people({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('people')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('staff'))
    .execute();
  await schema.alterTable('people').addColumn('deactivatedAt', 'text').execute();
  await schema
    .alterTable('people')
    .addColumn('twoFactorEnabled', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();

  // What better-auth's two-factor plugin asks for, under our name (`admin/people/second-factor.ts`).
  await schema
    .createTable('secondFactors')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('backupCodes', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) =>
      column.notNull().unique().references('people.id').onDelete('cascade'),
    )
    .addColumn('verified', 'integer')
    .addColumn('failedVerificationCount', 'integer')
    .addColumn('lockedUntil', 'text')
    .execute();

  await schema
    .createTable('dayPasses')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().unique().references('people.id'))
    .addColumn('groups', 'text', (column) => column.notNull())
    .addColumn('endsAt', 'text', (column) => column.notNull())
    .addColumn('codeHash', 'text', (column) => column.unique())
    .addColumn('givenAt', 'text', (column) => column.notNull())
    .addColumn('givenBy', 'text', (column) => column.notNull())
    .addColumn('usedAt', 'text')
    .addColumn('endedAt', 'text')
    .addColumn('endedBy', 'text')
    .execute();
  await schema.createIndex('dayPasses_endedAt').on('dayPasses').columns(['endedAt', 'endsAt']).execute();

  await schema
    .createTable('breakGlass')
    .addColumn('person', 'text', (column) => column.primaryKey().references('people.id'))
    .addColumn('codeHash', 'text', (column) => column.notNull())
    .addColumn('tells', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('madeAt', 'text', (column) => column.notNull())
    .execute();

  await schema
    .createTable('notices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('seenAt', 'text')
    .execute();

  await schema
    .alterTable('mails')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('reports'))
    .execute();
  await schema.alterTable('mails').addColumn('person', 'text').execute();
}
