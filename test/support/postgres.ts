import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDatabase } from '../../src/app.js';
import { loadConfig } from '../../src/platform/config/config.js';

const LOCK = 7_251_002;

/** As whom the application works in tests: like in earnest, a role that owns nothing. */
export const APPLICATION_ROLE = 'pawtreon_test_application';

/** A database on the test server, whose address the test command puts into the environment. */
export function serverUrl(database: string, role?: string): string {
  const url = new URL(process.env['TEST_DATABASE_URL']!);
  url.pathname = `/${database}`;
  if (role) url.username = role;
  return url.toString();
}

/** A pool for a test. A database dropped by force may cut a connection that is just closing; that is no failure. */
export function testPool(url: string, max = 3): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  pool.on('error', () => undefined);
  return pool;
}

/** A database of a test. */
export interface TestDatabase {
  /** For the test itself: superuser. */
  url: string;
  /** For the application. */
  applicationUrl: string;
  drop: () => Promise<void>;
}

/** A fresh database with the project's schema and no rows. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${await template(client)}`);
  });
  return testDatabase(name);
}

/** A database without anything in it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await ensureApplicationRole(client);
    await client.query(`CREATE DATABASE ${name}`);
  });
  return testDatabase(name);
}

function testDatabase(name: string): TestDatabase {
  const drop = (): Promise<void> => onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));
  return { url: serverUrl(name), applicationUrl: serverUrl(name, APPLICATION_ROLE), drop };
}

/** Roles belong to the server: the password is the superuser's, which every run knows. */
async function ensureApplicationRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM pg_roles WHERE rolname = $1`, [APPLICATION_ROLE]);
  if (!rowCount) await client.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD ${pg.escapeLiteral(new URL(serverUrl('postgres')).password)}`);
}

/** The migrated database that tests get copies of, made once per set of migrations. */
async function template(client: pg.Client): Promise<string> {
  const name = `template_${await migrationsHash()}`;
  const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [name]);
  if (rowCount) return name;
  await client.query(`DROP DATABASE IF EXISTS ${name}_making WITH (FORCE)`);
  await ensureApplicationRole(client);
  await client.query(`CREATE DATABASE ${name}_making`);
  await prepareDatabase(loadConfig({ NODE_ENV: 'test' }), serverUrl(`${name}_making`, APPLICATION_ROLE), serverUrl(`${name}_making`));
  await client.query(`ALTER DATABASE ${name}_making RENAME TO ${name}`);
  return name;
}

async function migrationsHash(): Promise<string> {
  const folder = join(import.meta.dirname, '../../migrations');
  const files = [...(await readdir(folder)).sort(), '../src/platform/database/application-role.ts'];
  const hash = createHash('sha1');
  for (const file of files) hash.update(await readFile(join(folder, file)));
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
