import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
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

/** A verified clinic straight in the database. */
export async function insertClinic(app: TestApp, row: { name?: string; ownerId?: string | null; verified?: boolean; is24h?: boolean } = {}): Promise<string> {
  const id = newId();
  await app.sql(
    `INSERT INTO directory.clinics (id, name, city, city_key, address, phone, verified, is24h, owner_id, created_at, updated_at)
     VALUES ($1, $2, 'Sofia', 'sofia', 'ul. Rakovski 1', '+359 2 000 000', $3, $4, $5, now(), now())`,
    [id, row.name ?? 'Good Paws', row.verified ?? true, row.is24h ?? false, row.ownerId ?? null],
  );
  return id;
}

/** A pet service straight in the database. */
export async function insertPetService(app: TestApp, row: { name?: string; ownerId?: string | null; is24h?: boolean } = {}): Promise<string> {
  const id = newId();
  await app.sql(
    `INSERT INTO directory.pet_services (id, name, type, city, city_key, address, phone, is24h, owner_id, created_at, updated_at)
     VALUES ($1, $2, 'grooming', 'Sofia', 'sofia', 'x', '123456', $3, $4, now(), now())`,
    [id, row.name ?? 'Happy Tails', row.is24h ?? false, row.ownerId ?? null],
  );
  return id;
}

/** Uploads a picture, by default one that nobody else has; answers its file id. */
export async function uploadPicture(app: TestApp, token: string, picture?: Buffer): Promise<string> {
  const bytes = picture ?? (await uniquePicture());
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), 'rex.png');
  const answer = await app.post<{ id: string }>('/v1/files', { token, body: form });
  if (answer.status !== 201) throw new Error(`upload answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** Coarse noise: small, and never twice the same. */
const uniquePicture = (): Promise<Buffer> => sharp(randomBytes(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } }).resize(32, 32, { kernel: 'nearest' }).png().toBuffer();

/** A body that `POST /v1/cases` takes, beside its pictures. */
export const caseBody = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'urgent',
  category: 'medical',
  title: 'Rex was hit by a car',
  description: 'He needs an operation on his hip.',
  location: { city: 'София', neighborhood: 'Lozenets', coordinates: { lat: 42.6706, lng: 23.3219 } },
  fundraising: { goal: 100_000, currency: 'EUR' },
  foundAt: '2026-05-01T08:30:00.000Z',
  ...overrides,
});

/** Publishes a case over HTTP; answers it as its owner sees it. */
export async function publishCase<T extends { id: string }>(app: TestApp, token: string, overrides: Record<string, unknown> = {}): Promise<T> {
  const images = overrides['images'] ?? [await uploadPicture(app, token)];
  const answer = await app.post<T>('/v1/cases', { token, body: caseBody({ images, ...overrides }) });
  if (answer.status !== 201) throw new Error(`publishing answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
