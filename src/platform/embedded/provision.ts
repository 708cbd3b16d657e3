import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The application's role: owns its database, is not a superuser. */
export const APPLICATION_ROLE = 'pawtreon';

/** Needed by migrations; made by the superuser up front. */
const EXTENSIONS = ['pg_trgm', 'unaccent', 'citext', 'btree_gin', 'pgcrypto'];

/**
 * Makes the application's role, its database and the extensions in it, where they are missing.
 *
 * @param superuser an open superuser connection
 * @param adminUrl superuser address of `database`
 */
export async function provision(superuser: Client, adminUrl: string, database: string, password: string): Promise<void> {
  const role = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (!role.rowCount) await superuser.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD ${escapeLiteral(password)}`);
  const existing = await superuser.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (!existing.rowCount) await superuser.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${APPLICATION_ROLE}`);

  const inDatabase = new Client({ connectionString: adminUrl, application_name: 'pawtreon provision' });
  await inDatabase.connect();
  try {
    const known = await inDatabase.query<{ extname: string }>('SELECT extname FROM pg_extension');
    for (const extension of EXTENSIONS) {
      if (!known.rows.some(({ extname }) => extname === extension)) await inDatabase.query(`CREATE EXTENSION ${extension}`);
    }
  } finally {
    await inDatabase.end();
  }
}
