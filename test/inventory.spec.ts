import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { snakeCase } from '../src/platform/database/naming.js';
import { freshDatabase } from './support/postgres.js';

interface InventoryTable {
  table: string;
  fields: { name: string; type: string }[];
  indexes: { name: string; fields: string[] }[];
}

const inventory = (JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/pawtreon.inventory.json'), 'utf8')) as { tables: InventoryTable[] }).tables;

/** Tables of the specification that exist so far, and the schema of the context that owns each. */
const BUILT: Record<string, string> = {
  users: 'identity',
  userSettings: 'identity',
  follows: 'identity',
  cases: 'rescue',
  likes: 'rescue',
  savedCases: 'rescue',
  comments: 'rescue',
  clinics: 'directory',
  petServices: 'directory',
  clinicClaims: 'directory',
  petServiceClaims: 'directory',
  volunteers: 'directory',
  adoptions: 'rescue',
  achievements: 'engagement',
  notifications: 'engagement',
  campaigns: 'giving',
  donations: 'giving',
  paymentMethods: 'giving',
  reports: 'trust',
  communityReports: 'trust',
  partners: 'giving',
  auditLogs: 'platform',
};

/** Fields that are tables here (decision 13), or derived from one. */
const TABLES: Record<string, string> = {
  'cases.updates': 'rescue.case_updates',
  'cases.translations': 'rescue.case_translations',
  'cases.translationStatus': 'rescue.case_translations',
  'volunteers.badges': 'engagement.achievements',
  'volunteers.stats': 'directory.volunteer_activities',
};

/** `{ city, coordinates? }` of the field `location` is the columns `location_city`, `location_lat` and `location_lng`. */
function flattened(name: string, type: string): string[] {
  const members = (/^\{(.*)\}$/.exec(type.trim())?.[1] ?? '').split(',').map((member) => member.trim().replace('?', '')).filter(Boolean);
  return members.flatMap((member) => (member === 'coordinates' ? ['lat', 'lng'] : [member])).map((member) => `${snakeCase(name)}_${snakeCase(member)}`);
}

describe('the tables of the specification', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let client: pg.Client;
  let columns: Map<string, Set<string>>;
  let indexes: Map<string, string[]>;

  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `SELECT table_schema || '.' || table_name AS name, array_agg(column_name::text) AS columns FROM information_schema.columns GROUP BY 1`,
    );
    columns = new Map(rows.map((row) => [row.name, new Set(row.columns)]));
    const found = await client.query<{ name: string; columns: string[] }>(
      `SELECT n.nspname || '.' || t.relname || '.' || c.relname AS name, array_agg(a.attname::text ORDER BY k.place) AS columns
         FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
         CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, place) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum GROUP BY 1`,
    );
    indexes = new Map(found.rows.map((row) => [row.name, row.columns]));
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const tables = inventory.filter(({ table }) => BUILT[table]).map((table): [string, InventoryTable] => [table.table, table]);

  it('are known by the names listed as built', () => {
    expect(tables).toHaveLength(Object.keys(BUILT).length);
  });

  it.each(tables)('%s: every field has its column', (name, { table, fields }) => {
    const here = columns.get(`${BUILT[name]}.${snakeCase(table)}`) ?? new Set();
    const missing = fields.filter((field) => {
      const other = TABLES[`${table}.${field.name}`];
      if (other) return !columns.has(other);
      if (here.has(snakeCase(field.name))) return false;
      const parts = flattened(field.name, field.type);
      return parts.length === 0 || !parts.every((part) => here.has(part));
    });
    expect(missing.map((field) => `${field.name}: ${field.type}`)).toEqual([]);
  });

  it.each(tables)('%s: every index exists under its name and begins with its columns', (name, { table, indexes: wanted }) => {
    for (const index of wanted) {
      const found = indexes.get(`${BUILT[name]}.${snakeCase(table)}.ix_${snakeCase(table)}_${index.name}`);
      const asked = index.fields.map(snakeCase);
      expect([index.name, found?.slice(0, asked.length)]).toEqual([index.name, asked]);
    }
  });
});
