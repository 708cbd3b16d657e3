import type pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SnakeNaming } from '../../src/platform/database/naming.js';
import { freshDatabase, testPool } from './postgres.js';

/** A database of its own on the test server, gone after the test. */
export interface ScratchDatabase {
  dataSource: DataSource;
  pool: pg.Pool;
  drop(): Promise<void>;
}

/** The project's schema, and tables for the entities given that are not of it. */
export async function createScratchDatabase(entities: NonNullable<DataSourceOptions['entities']>): Promise<ScratchDatabase> {
  const database = await freshDatabase();
  const dataSource = await new DataSource({ type: 'postgres', url: database.url, entities, namingStrategy: new SnakeNaming() }).initialize();
  const pool = testPool(database.url, 5);
  return {
    dataSource,
    pool,
    drop: async () => {
      await pool.end();
      await dataSource.destroy();
      await database.drop();
    },
  };
}
