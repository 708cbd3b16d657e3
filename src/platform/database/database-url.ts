/** Injection token: where the primary Postgres is, whether given or embedded. */
export const DATABASE_URL = Symbol('DATABASE_URL');
