import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getDataSourceToken } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { migrate } from '../src/platform/database/migrate.js';
import { emptyDatabase } from './support/postgres.js';
import { TestApp } from './support/test-app.js';

describe('entities and migrations', () => {
  it('agree: bringing the schema to the entities would change nothing', async () => {
    const app = await TestApp.start();
    try {
      const source = app.app.get<DataSource>(getDataSourceToken());
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
      expect(source.entityMetadatas.length).toBeGreaterThan(20);
    } finally {
      await app.stop();
    }
  });
});

describe('migrations', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let client: pg.Client;

  beforeEach(async () => {
    database = await emptyDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  /** Everything in the database that a migration can have made, one line each. */
  async function schema(): Promise<string[]> {
    const { rows } = await client.query<{ line: string }>(`
      WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public'))
      SELECT 'schema ' || nspname AS line FROM ours
      UNION ALL SELECT format('column %s.%s %s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm')
      UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN ours n ON n.oid = c.relnamespace
      UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN ours n ON n.oid = k.connamespace
      UNION ALL SELECT 'function ' || p.oid::regprocedure::text FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace
      UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal
      UNION ALL SELECT format('view %s.%s %s', schemaname, viewname, definition) FROM pg_views WHERE schemaname IN (SELECT nspname FROM ours)
      ORDER BY 1`);
    return rows.map((row) => row.line);
  }

  it('are all listed, once, oldest first', async () => {
    const files = (await readdir(join(import.meta.dirname, '../migrations'))).filter((name) => name !== 'index.ts').map((name) => name.split('-')[0]!);
    const listed = migrations.map(({ name }) => /\d{13}$/.exec(name)?.[0]);
    expect(listed).toEqual(files.sort());
  });

  it('go up, down to nothing one by one, and up again to the same schema', async () => {
    const names = await migrate(database.url, migrations);
    expect(names).toHaveLength(migrations.length);
    const before = await schema();

    const source = await new DataSource({ type: 'postgres', url: database.url, migrations, migrationsTableName: 'schema_migrations' }).initialize();
    try {
      for (const name of [...names].reverse()) {
        await source.undoLastMigration({ transaction: 'each' });
        const left = await client.query(`SELECT 1 FROM schema_migrations WHERE name = $1`, [name]);
        expect([name, left.rowCount]).toEqual([name, 0]);
      }
    } finally {
      await source.destroy();
    }
    expect(await schema()).toEqual([]);

    await migrate(database.url, migrations);
    expect(await schema()).toEqual(before);
  });

  it('run once however many processes start together', async () => {
    const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, migrations)));
    expect(ran.map((names) => names.length).sort()).toEqual([0, 0, 0, migrations.length]);
  });

  it('give up within seconds on a table that somebody holds, leave nothing, and may be run again', async () => {
    class Scratch1895000000000 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`CREATE TABLE scratch_made (id int)`);
        await runner.query(`ALTER TABLE scratch_held ADD COLUMN more int`);
      }
      async down(runner: QueryRunner): Promise<void> {
        await runner.query(`DROP TABLE scratch_made`);
      }
    }
    await client.query(`CREATE TABLE scratch_held (id int)`);
    await client.query(`BEGIN; LOCK TABLE scratch_held`);
    const began = Date.now();
    await expect(migrate(database.url, [Scratch1895000000000])).rejects.toMatchObject({ driverError: { code: '55P03' } });
    expect(Date.now() - began).toBeLessThan(30_000);
    await client.query('COMMIT');
    expect((await client.query(`SELECT to_regclass('scratch_made') AS made`)).rows).toEqual([{ made: null }]);
    expect(await migrate(database.url, [Scratch1895000000000])).toEqual(['Scratch1895000000000']);
  });
});
