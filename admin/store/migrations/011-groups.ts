import type { Kysely } from 'kysely';

/** Classes, who belongs to them and who has them, and what holds for one pupil alone (issue 4.2). */
export async function groups({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('groups')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'text')
    .execute();

  await schema
    .createTable('pupils')
    .addColumn('account', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('joinedAt', 'text', (column) => column.notNull())
    .addColumn('leftAt', 'text')
    .execute();

  await schema
    .createTable('memberships')
    .addColumn('account', 'text', (column) =>
      column.notNull().references('pupils.account').onDelete('cascade'),
    )
    .addColumn('group', 'text', (column) => column.notNull().references('groups.id').onDelete('cascade'))
    .addColumn('source', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['account', 'group'])
    .execute();
  await schema.createIndex('memberships_group').on('memberships').column('group').execute();

  await schema
    .createTable('teaches')
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('group', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('teaches_key', ['email', 'group'])
    .execute();

  await schema
    .createTable('suspensions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('endsAt', 'text', (column) => column.notNull())
    .addColumn('liftedAt', 'text')
    .addColumn('liftedBy', 'text')
    .execute();

  await schema
    .createTable('needs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('overlay', 'text', (column) => column.notNull())
    .addColumn('reviewer', 'text', (column) => column.notNull())
    .addColumn('reviewBy', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'text')
    .addColumn('endedBy', 'text')
    .execute();
}
