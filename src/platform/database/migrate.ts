import { DataSource, type MigrationInterface } from 'typeorm';
import { SnakeNaming } from './naming.js';

const LOCK = 7_251_001;

type MigrationClass = new () => MigrationInterface;

/**
 * Brings the schema up to date; processes that start together take turns. A migration that cannot get a
 * table lock within five seconds fails and may be run again, rather than queueing everybody behind it.
 * @param url connects as the owner of the tables
 * @param finish what else has to be done in the same turn
 * @returns names of the migrations that ran
 */
export async function migrate(url: string, migrations: MigrationClass[], finish: () => Promise<void> = () => Promise.resolve()): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: 'schema_migrations',
    namingStrategy: new SnakeNaming(),
    applicationName: 'pawtreon-migrate',
    extra: { max: 2, options: '-c lock_timeout=5s' },
  });
  await dataSource.initialize();
  const turn = dataSource.createQueryRunner();
  try {
    await turn.query(`SET lock_timeout = 0`);
    await turn.query(`SELECT pg_advisory_lock(${LOCK})`);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    await finish();
    return ran.map((migration) => migration.name);
  } finally {
    await turn.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
    await turn.release();
    await dataSource.destroy();
  }
}
