import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The application's role: works with rows, owns nothing. */
export const APPLICATION_ROLE = 'pawtreon';

/** Owns the database and, through migrations, everything in it; not a superuser. */
export const OWNER_ROLE = 'pawtreon_owner';

/** Needed by migrations; made by the superuser up front. */
const EXTENSIONS = ['pg_trgm', 'unaccent', 'citext', 'btree_gin', 'pgcrypto'];

/**
 * Makes the two roles, the database and the extensions in it, where they are missing. In a folder of an
 * earlier version the application's role owned everything; that goes to the owner.
 *
 * @param superuser an open superuser connection
 * @param adminUrl superuser address of `database`
 */
export async function provision(superuser: Client, adminUrl: string, database: string, passwords: { ownerPassword: string; applicationPassword: string }): Promise<void> {
  await ensureRole(superuser, OWNER_ROLE, passwords.ownerPassword);
  await ensureRole(superuser, APPLICATION_ROLE, passwords.applicationPassword);
  const existing = await superuser.query<{ owner: string }>('SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1', [database]);
  if (!existing.rowCount) await superuser.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${OWNER_ROLE}`);

  const inDatabase = new Client({ connectionString: adminUrl, application_name: 'pawtreon provision' });
  await inDatabase.connect();
  try {
    if (existing.rows[0]?.owner === APPLICATION_ROLE) await inDatabase.query(`REASSIGN OWNED BY ${APPLICATION_ROLE} TO ${OWNER_ROLE}`);
    const known = await inDatabase.query<{ extname: string }>('SELECT extname FROM pg_extension');
    for (const extension of EXTENSIONS) {
      if (!known.rows.some(({ extname }) => extname === extension)) await inDatabase.query(`CREATE EXTENSION ${extension}`);
    }
  } finally {
    await inDatabase.end();
  }
}

async function ensureRole(superuser: Client, role: string, password: string): Promise<void> {
  const existing = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (!existing.rowCount) await superuser.query(`CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)}`);
}
