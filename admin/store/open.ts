import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import { CompiledQuery, type Driver, Kysely, Migrator } from 'kysely';
import { migrationProvider } from './migrations.ts';
import type { Store, Tables } from './tables.ts';

/** A transaction takes the write lock at once: one that reads first would fail when the command line wrote meanwhile. */
class Dialect extends NodeSqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    };
    return driver;
  }
}

/**
 * Opens the database of a data folder and brings it to the newest schema. A commit is on the disk when it returns
 * (WAL with synchronous=FULL): on this rests that an acknowledged report is never lost (DESIGN §5.5). What is deleted
 * is overwritten, so that it is gone from the file too.
 */
export async function openStore(folder: string): Promise<Store> {
  const database = new DatabaseSync(join(folder, 'keystage.db'), {
    enableForeignKeyConstraints: true,
    timeout: 10_000,
  });
  database.exec('pragma journal_mode = WAL; pragma synchronous = FULL; pragma secure_delete = on;');
  const store = new Kysely<Tables>({ dialect: new Dialect({ database }) });
  const { error } = await new Migrator({ db: store, provider: migrationProvider }).migrateToLatest();
  if (error) {
    await store.destroy();
    throw error;
  }
  return store;
}
