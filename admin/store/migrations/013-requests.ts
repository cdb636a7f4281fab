import type { Kysely } from 'kysely';

/** Openings with an end, answers to "please may I", the school's approvals, and unblocks for a period of study. */
export async function requests({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('grants')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('entries', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('homework', 'text')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('madeAt', 'text', (column) => column.notNull())
    .addColumn('startsAt', 'text', (column) => column.notNull())
    .addColumn('endsAt', 'text', (column) => column.notNull())
    .addColumn('endedAt', 'text')
    .addColumn('endedBy', 'text')
    .execute();
  await schema.createIndex('grants_endsAt').on('grants').columns(['endedAt', 'endsAt']).execute();

  await schema
    .createTable('requestAnswers')
    .addColumn('item', 'text', (column) => column.primaryKey().references('items.id').onDelete('cascade'))
    .addColumn('seat', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('until', 'text')
    .addColumn('grant', 'text')
    .execute();
  await schema.createIndex('requestAnswers_at').on('requestAnswers').column('at').execute();

  await schema
    .createTable('unblocks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('group', 'text', (column) => column.notNull())
    .addColumn('entries', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('startsAt', 'text', (column) => column.notNull())
    .addColumn('endsAt', 'text', (column) => column.notNull())
    .addColumn('askedBy', 'text', (column) => column.notNull())
    .addColumn('askedByName', 'text', (column) => column.notNull())
    .addColumn('askedAt', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('decidedBy', 'text')
    .addColumn('decidedWhy', 'text')
    .addColumn('decidedAt', 'text')
    .addColumn('grant', 'text')
    .addColumn('networkClosedAt', 'text')
    .addColumn('networkClosedHost', 'text')
    .execute();

  await schema
    .createTable('approvals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('stages', 'text', (column) => column.notNull())
    .addColumn('groups', 'text', (column) => column.notNull())
    .addColumn('says', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('consentBy', 'text')
    .addColumn('consentWhy', 'text')
    .addColumn('consentAt', 'text')
    .addColumn('endedAt', 'text')
    .addColumn('endedBy', 'text')
    .execute();
}
