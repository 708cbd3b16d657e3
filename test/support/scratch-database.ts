import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';

/** A database of its own on the test server, gone after the test. */
export interface ScratchDatabase {
  dataSource: DataSource;
  pool: pg.Pool;
  drop(): Promise<void>;
}

/** Creates a database, runs the migrations given and makes tables for the entities that have none. */
export async function createScratchDatabase(
  entities: NonNullable<DataSourceOptions['entities']>,
  migrations: NonNullable<DataSourceOptions['migrations']> = [],
): Promise<ScratchDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL has to name a Postgres server');
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataSource = await new DataSource({ type: 'postgres', url: url.href, entities, migrations }).initialize();
  await dataSource.runMigrations();
  const pool = new pg.Pool({ connectionString: url.href, max: 5 });
  return {
    dataSource,
    pool,
    drop: async () => {
      await pool.end();
      await dataSource.destroy();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
