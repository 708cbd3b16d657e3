import { TestApp } from '../../../../test/support/test-app.js';

type Person = { token: string; id: string };
interface Clinic {
  id: string;
  name: string;
  version: number;
  [field: string]: unknown;
}
interface Clinics {
  items: Clinic[];
  nextCursor: string | null;
}

describe('clinics', () => {
  let app: TestApp;
  let admin: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
  });
  afterAll(() => app.stop());
  beforeEach(() => app.sql(`DELETE FROM directory.clinics`));

  const someone = (): Promise<Person> => app.signIn(`person${++n}@example.com`);
  const create = (body: object = {}) =>
    app.post<Clinic>('/v1/admin/clinics', { token: admin.token, body: { name: 'Good Hands', city: 'Sofia', address: '12 Vitosha Blvd', phone: '+359 2 123 4567', ...body } });
  const edit = (id: string, body: object, headers: Record<string, string> = {}) => app.patch<Clinic>(`/v1/admin/clinics/${id}`, { token: admin.token, body, headers });
  const names = async (query: string): Promise<string[]> => (await app.get<Clinics>(`/v1/clinics${query}`)).body.items.map((clinic) => clinic.name);
  const roleOf = async (person: Person): Promise<unknown> => (await app.get('/v1/me', { token: person.token })).body['role'];
  const audits = (id: string) => app.sql<{ action: string; metadata_json: object }>(`SELECT action, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id]);

  it('are entered by staff and read by anybody, without their owner', async () => {
    const owner = await someone();
    const made = await create({ is24h: true, specializations: ['surgery'], coordinates: { lat: 42.69, lng: 23.32 }, rating: 4.6, ownerId: owner.id });
    expect(made).toMatchObject({ status: 201, body: { ownerId: owner.id, isClaimed: true, claimedAt: expect.any(String) } });
    const read = await app.get<Clinic>(`/v1/clinics/${made.body.id}`);
    expect(read).toMatchObject({
      status: 200,
      body: { name: 'Good Hands', city: 'Sofia', phone: '+359 2 123 4567', is24h: true, specializations: ['surgery'], verified: false, featured: false, isClaimed: true, rating: 4.6, coordinates: { lat: 42.69, lng: 23.32 } },
    });
    expect(Object.keys(read.body)).not.toEqual(expect.arrayContaining(['ownerId']));
    expect(JSON.stringify(read.body)).not.toContain(owner.id);
    expect((await app.get<Clinics>('/v1/clinics')).body.items).toEqual([read.body]);
  });

  it('meet by city in Cyrillic and Latin, whatever the case', async () => {
    await create({ name: 'A', city: 'София' });
    await create({ name: 'B', city: 'sofia' });
    await create({ name: 'C', city: 'Бургас' });
    for (const city of ['Sofia', 'СОФИЯ', 'sofia']) expect(await names(`?city=${encodeURIComponent(city)}`)).toEqual(['A', 'B']);
    expect(await names('?city=Bourgas')).toEqual(['C']);
    expect(await names('?city=Nowhere')).toEqual([]);
    expect(await names('?city=')).toEqual(['A', 'B', 'C']);
  });

  it('are filtered by opening hours and searched literally', async () => {
    await create({ name: 'Night 100%', is24h: true });
    await create({ name: 'Day', address: 'Улица Шипка 5' });
    expect(await names('?is24h=true')).toEqual(['Night 100%']);
    expect(await names('?is24h=false')).toEqual(['Day']);
    expect(await names(`?q=${encodeURIComponent('0%')}`)).toEqual(['Night 100%']);
    expect(await names(`?q=${encodeURIComponent('шипка')}`)).toEqual(['Day']);
    expect(await names(`?q=${encodeURIComponent('_')}`)).toEqual([]);
    expect((await app.get('/v1/clinics?is24h=maybe')).status).toBe(400);
  });

  it('come featured first, then by name, in pages without a gap', async () => {
    for (const name of ['D', 'B', 'A', 'C', 'E']) await create({ name, featured: name === 'E' || name === 'C' });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: Clinics } = await app.get<Clinics>(`/v1/clinics?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((clinic) => clinic.name));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(['C', 'E', 'A', 'B', 'D']);
    expect((await app.get('/v1/clinics?cursor=junk')).body).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('answer 404 when missing and 400 for a malformed id', async () => {
    expect(await app.get(`/v1/clinics/${crypto.randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'CLINIC_NOT_FOUND' } });
    expect((await app.get('/v1/clinics/none')).status).toBe(400);
    expect(await edit(crypto.randomUUID(), { name: 'x' })).toMatchObject({ status: 404, body: { code: 'CLINIC_NOT_FOUND' } });
  });

  it('keep what an edit leaves out, and say in the audit log what changed', async () => {
    const { body: clinic } = await create();
    expect((await edit(clinic.id, { city: 'Варна', name: 'Good Hands' })).body).toMatchObject({ city: 'Варна', address: '12 Vitosha Blvd', version: 2 });
    expect(await names('?city=varna')).toEqual(['Good Hands']);
    expect((await audits(clinic.id)).at(-1)).toEqual({ action: 'clinic_updated', metadata_json: { before: { city: 'Sofia', cityKey: 'sofia' }, after: { city: 'Варна', cityKey: 'varna' } } });
  });

  it('refuse an edit of a version that is gone', async () => {
    const { body: clinic } = await create();
    const etag = (await app.get(`/v1/clinics/${clinic.id}`)).headers.get('etag')!;
    expect((await edit(clinic.id, { phone: '111' }, { 'If-Match': etag })).status).toBe(200);
    expect(await edit(clinic.id, { phone: '222' }, { 'If-Match': etag })).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    expect((await edit(clinic.id, { phone: '222', version: 1 })).status).toBe(409);
  });

  it('give their owner the role clinic and take it back with the last one', async () => {
    const [first, second] = [await someone(), await someone()];
    const [one, two] = [(await create()).body, (await create({ name: 'Second' })).body];
    await edit(one.id, { ownerId: first.id });
    await edit(two.id, { ownerId: first.id });
    expect(await roleOf(first)).toBe('clinic');
    expect((await edit(one.id, { ownerId: second.id, reason: 'sold' })).body).toMatchObject({ ownerId: second.id });
    expect([await roleOf(first), await roleOf(second)]).toEqual(['clinic', 'clinic']);
    expect((await edit(two.id, { ownerId: null, reason: 'fraud' })).body).toMatchObject({ ownerId: null, claimedAt: null, isClaimed: false });
    expect(await roleOf(first)).toBe('user');
    expect((await audits(two.id)).map((row) => row.action)).toEqual(['clinic_created', 'clinic_owner_assigned', 'clinic_owner_revoked']);
    expect((await audits(first.id)).filter((row) => row.action === 'user.role_changed')).toHaveLength(2);
  });

  it('leave an admin who owns one an admin', async () => {
    const { body: clinic } = await create({ ownerId: admin.id });
    await edit(clinic.id, { ownerId: null });
    expect(await roleOf(admin)).toBe('admin');
  });

  it('are not made for an owner who is not there', async () => {
    expect(await create({ ownerId: crypto.randomUUID() })).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
    expect(await names('')).toEqual([]);
  });

  it.each([
    [{ name: '' }],
    [{ city: undefined }],
    [{ phone: 5 }],
    [{ is24h: 'yes' }],
    [{ specializations: 'surgery' }],
    [{ image: 'javascript:alert(1)' }],
    [{ coordinates: { lat: 91, lng: 0 } }],
    [{ coordinates: { lat: 1 } }],
    [{ rating: 6 }],
    [{ ownerId: 'me' }],
    [{ distance: '1 km' }],
  ])('are refused with %j', async (body) => {
    expect(await create(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it('do not lose what they must have', async () => {
    const { body: clinic } = await create();
    for (const body of [{ name: null }, { name: ' ' }, { verified: null }, { specializations: null }]) expect((await edit(clinic.id, body)).status).toBe(400);
    expect((await edit(clinic.id, { image: null, rating: null, coordinates: null })).status).toBe(200);
  });

  it('are entered and changed by admins only', async () => {
    const person = await someone();
    const path = `/v1/admin/clinics/${crypto.randomUUID()}`;
    expect([(await app.post('/v1/admin/clinics')).status, (await app.patch(path)).status]).toEqual([401, 401]);
    expect(await app.post('/v1/admin/clinics', { token: person.token, body: {} })).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
    expect((await app.patch(path, { token: person.token, body: {} })).status).toBe(403);
  });
});
