import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDatabase } from '../../src/app.js';
import { loadConfig } from '../../src/platform/config/config.js';

const LOCK = 7_251_002;

/** A database on the test server, whose address the test command puts into the environment. */
export function serverUrl(database: string): string {
  const url = new URL(process.env['TEST_DATABASE_URL']!);
  url.pathname = `/${database}`;
  return url.toString();
}

/** A pool for a test. A database dropped by force may cut a connection that is just closing; that is no failure. */
export function testPool(url: string, max = 3): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  pool.on('error', () => undefined);
  return pool;
}

/** A fresh database with the project's schema and no rows; answers its URL and how to drop it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${await template(client)}`);
  });
  return { url: serverUrl(name), drop: () => onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))) };
}

/** A database without anything in it; answers its URL and how to drop it. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => void (await client.query(`CREATE DATABASE ${name}`)));
  return { url: serverUrl(name), drop: () => onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))) };
}

/** The migrated database that tests get copies of, made once per set of migrations. */
async function template(client: pg.Client): Promise<string> {
  const name = `template_${await migrationsHash()}`;
  const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [name]);
  if (rowCount) return name;
  await client.query(`DROP DATABASE IF EXISTS ${name}_making WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}_making`);
  await prepareDatabase(loadConfig({ NODE_ENV: 'test' }), serverUrl(`${name}_making`));
  await client.query(`ALTER DATABASE ${name}_making RENAME TO ${name}`);
  return name;
}

async function migrationsHash(): Promise<string> {
  const folder = join(import.meta.dirname, '../../migrations');
  const hash = createHash('sha1');
  for (const file of (await readdir(folder)).sort()) hash.update(await readFile(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}

async function onServer(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
