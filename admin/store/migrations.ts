import type { Kysely, Migration, MigrationProvider } from 'kysely';
import { people } from './migrations/010-people.ts';
import { groups } from './migrations/011-groups.ts';
import { lessons } from './migrations/012-lessons.ts';
import { requests } from './migrations/013-requests.ts';
import { auditFacts } from './migrations/014-audit-facts.ts';
import { networkClosed } from './migrations/015-network-closed.ts';
import { unansweredRequests } from './migrations/016-unanswered-requests.ts';

/** Numbered, never edited after release: a school's data folder is somewhere among them. */
const migrations: Record<string, Migration> = {
  '001-first-light': { up: firstLight },
  '002-whose-report': { up: whoseReport },
  '003-subscriptions': { up: subscriptions },
  '010-people': { up: people },
  '011-groups': { up: groups },
  '013-requests': { up: requests },
  '012-lessons': { up: lessons },
  '014-audit-facts': { up: auditFacts },
  '015-network-closed': { up: networkClosed },
  '016-unanswered-requests': { up: unansweredRequests },
};

export const migrationProvider: MigrationProvider = { getMigrations: async () => migrations };

async function firstLight(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('standing')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();

  await schema
    .createTable('documents')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('issuedAt', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('expiresAt', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('jws', 'text', (column) => column.notNull())
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('publishedBy', 'text', (column) => column.notNull())
    .addUniqueConstraint('documents_version', ['kind', 'epoch', 'issuedAt'])
    .execute();

  await schema
    .createTable('seats')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('identity', 'text', (column) => column.notNull().unique())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('group', 'text')
    .addColumn('extensionVersion', 'text', (column) => column.notNull())
    .addColumn('enrolledAt', 'text', (column) => column.notNull())
    .addColumn('heardAt', 'text')
    .addColumn('health', 'text')
    .execute();

  await schema
    .createTable('seatKeys')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('seat', 'text', (column) => column.notNull().references('seats.id').onDelete('cascade'))
    .addColumn('issuedAt', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('seatKeys_seat').on('seatKeys').column('seat').execute();

  await schema
    .createTable('events')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('seat', 'text', (column) => column.notNull().references('seats.id'))
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('receivedAt', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('events_item').on('events').column('item').execute();

  await schema
    .createTable('items')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('seat', 'text', (column) => column.notNull().references('seats.id'))
    .addColumn('receivedAt', 'text', (column) => column.notNull().unique())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('group', 'text')
    .addColumn('answers', 'text', (column) => column.notNull())
    .addColumn('urgency', 'text', (column) => column.notNull())
    .addColumn('restricted', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('returned', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('items_state').on('items').columns(['state', 'receivedAt']).execute();

  await schema
    .createTable('audit')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('person', 'text')
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('item', 'text')
    .addColumn('note', 'text')
    .execute();
  await schema.createIndex('audit_item').on('audit').column('item').execute();

  await schema
    .createTable('mails')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('madeAt', 'text', (column) => column.notNull())
    .addColumn('urgency', 'text', (column) => column.notNull())
    .addColumn('restricted', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('nextAt', 'text', (column) => column.notNull())
    .addColumn('delivered', 'text', (column) => column.notNull())
    .addColumn('problem', 'text')
    .execute();
  await schema.createIndex('mails_state').on('mails').columns(['state', 'nextAt']).execute();

  await schema
    .createTable('mailItems')
    .addColumn('mail', 'text', (column) => column.notNull().references('mails.id'))
    .addColumn('item', 'text', (column) => column.notNull().references('items.id'))
    .addPrimaryKeyConstraint('mailItems_key', ['mail', 'item'])
    .execute();
  await schema.createIndex('mailItems_item').on('mailItems').column('item').execute();

  await peopleTables(db);
}

/** By what a seat knows another one as the same child's or the same device's (`admin/store/seats.ts`). */
async function whoseReport({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('seats').addColumn('device', 'text').execute();
  await schema.alterTable('seats').addColumn('account', 'text').execute();
  await schema.alterTable('seatKeys').addColumn('install', 'text').execute();
  await schema.createIndex('seatKeys_install').on('seatKeys').column('install').execute();
}

/** Lists that the school takes from elsewhere, what is left out of them, and the versions that devices may hold. */
async function subscriptions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('subscriptions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('format', 'text', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('everyHours', 'integer', (column) => column.notNull())
    .addColumn('mayDiffer', 'real', (column) => column.notNull())
    .addColumn('addedAt', 'text', (column) => column.notNull())
    .addColumn('addedBy', 'text', (column) => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('lastModified', 'text')
    .addColumn('checkedAt', 'text')
    .addColumn('problem', 'text')
    .addColumn('live', 'text')
    .addColumn('waiting', 'text')
    .addColumn('refused', 'text')
    .execute();

  await schema
    .createTable('listExceptions')
    .addColumn('list', 'text', (column) =>
      column.notNull().references('subscriptions.id').onDelete('cascade'),
    )
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('from', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('revokedAt', 'text')
    .addColumn('revokedBy', 'text')
    .addPrimaryKeyConstraint('listExceptions_key', ['list', 'host'])
    .execute();

  await schema
    .createTable('listVersions')
    .addColumn('of', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('listVersions_key', ['of', 'sha256'])
    .execute();
}

/** What better-auth 1.7 asks for, under our names (`admin/people.ts`). */
async function peopleTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('people')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', 'integer', (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('mustChangePassword', 'integer', (column) => column.notNull())
    .execute();

  await schema
    .createTable('signIns')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('expiresAt', 'text', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'text', (column) => column.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', (column) => column.notNull().references('people.id').onDelete('cascade'))
    .execute();
  await schema.createIndex('signIns_userId').on('signIns').column('userId').execute();

  await schema
    .createTable('passwords')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('providerId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', 'text')
    .addColumn('refreshTokenExpiresAt', 'text')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'text', (column) => column.notNull())
    .addUniqueConstraint('passwords_issuer_accountId', ['issuer', 'accountId'])
    .execute();
  await schema.createIndex('passwords_userId').on('passwords').column('userId').execute();

  await schema
    .createTable('verifications')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expiresAt', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('verifications_identifier').on('verifications').column('identifier').execute();
}
