import { newId } from '../../src/platform/ids.js';
import type { TestApp } from './test-app.js';

/** A person straight in the database, for tests below HTTP. */
export async function insertUser(app: TestApp, row: { name?: string; role?: string; createdAt?: Date } = {}): Promise<string> {
  const id = newId();
  await app.sql(
    `INSERT INTO identity.users (id, clerk_id, name, email, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [id, `test|${id}`, row.name ?? 'Mila', `${id}@example.org`, row.role ?? 'user', row.createdAt ?? new Date('2026-01-01T00:00:00Z')],
  );
  return id;
}

/** A case straight in the database, with its owner where none is given. Columns by their names in SQL. */
export async function insertCase(app: TestApp, columns: Record<string, unknown> = {}): Promise<string> {
  const row: Record<string, unknown> = {
    id: newId(),
    type: 'urgent',
    category: 'medical',
    language: 'en',
    title: 'Rex was hit by a car',
    description: 'He needs an operation on his hip.',
    source_hash: '0',
    images: [newId()],
    location_city: 'Sofia',
    location_neighborhood: 'Lozenets',
    city_key: 'sofia',
    found_at: new Date('2026-11-01T08:00:00Z'),
    fundraising_goal: 100_000,
    fundraising_currency: 'EUR',
    created_at: new Date(),
    updated_at: new Date(),
    ...columns,
  };
  row['user_id'] ??= await insertUser(app);
  const names = Object.keys(row);
  await app.sql(`INSERT INTO rescue.cases (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
  return row['id'] as string;
}
