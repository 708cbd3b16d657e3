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
    expect((await app.get<Clinics>('/v1/clinics')).body.items).toEqual([{ ...read.body, distanceKm: null }]);
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

  describe('searched', () => {
    const found = async (q: string, rest = ''): Promise<string[]> => names(`?q=${encodeURIComponent(q)}${rest}`);

    beforeEach(async () => {
      await create({ name: 'Ветеринарна клиника „Добри ръце“', city: 'София', address: 'бул. Витоша 12' });
      await create({ name: 'Good Paws', city: 'Varna', address: 'ul. Shipka 5', phone: '+359 52 300 400' });
      await create({ name: 'Tierklinik Müller', city: 'Berlin', address: 'Torstraße 3' });
      await create({ name: 'Київський Ветеринар', city: 'Бургас', address: 'ул. Александровска 1' });
    });

    it.each([
      ['Добри ръце', 'Ветеринарна клиника „Добри ръце“'],
      ['dobri ratse', 'Ветеринарна клиника „Добри ръце“'],
      ['ДОБРИ', 'Ветеринарна клиника „Добри ръце“'],
      ['Vitosha', 'Ветеринарна клиника „Добри ръце“'],
      ['vitsha', 'Ветеринарна клиника „Добри ръце“'],
      ['gud paws', 'Good Paws'],
      ['Шипка', 'Good Paws'],
      ['Варна', 'Good Paws'],
      ['muller', 'Tierklinik Müller'],
      ['Mueller', 'Tierklinik Müller'],
      ['tierklinnik', 'Tierklinik Müller'],
      ['torstrasse', 'Tierklinik Müller'],
      ['Bourgas', 'Київський Ветеринар'],
      ['kyivskyy', 'Київський Ветеринар'],
      ['Kijivskij veterinar', 'Київський Ветеринар'],
    ])('%s finds %s', async (q, name) => {
      expect((await found(q))[0]).toBe(name);
    });

    it('finds nothing for what is not there, for signs and for emoji', async () => {
      for (const q of ['zebra', '%', '_', '🐶', "'; --"]) expect(await found(q)).toEqual([]);
      expect(await found(' ')).toHaveLength(4);
    });

    it('puts exact matches before typos, in pages without a gap', async () => {
      for (const name of ['Vitosha Vet', 'Vitoscha Vet', 'Vitosa Vet']) await create({ name, city: 'Ruse', address: '-' });
      const all = await found('vitosha', '&limit=100');
      expect(new Set(all.slice(0, 2))).toEqual(new Set(['Vitosha Vet', 'Ветеринарна клиника „Добри ръце“']));
      expect(all).toHaveLength(4);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { body: Clinics } = await app.get<Clinics>(`/v1/clinics?q=vitosha&limit=1${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.body.items.map((clinic) => clinic.name));
        cursor = page.body.nextCursor;
      }
      expect(seen).toEqual(all);
    });

    it('offers what can be claimed, marked where somebody runs it', async () => {
      const owner = await someone();
      await create({ name: 'Good Cats', ownerId: owner.id });
      for (let i = 0; i < 20; i++) await create({ name: `Good ${i}` });
      const { body } = await app.get<Clinics>('/v1/clinics/claimable?q=good');
      expect(body.items).toHaveLength(15);
      await expect(app.get<Clinics>('/v1/clinics/claimable?q=good%20cats')).resolves.toMatchObject({ body: { items: expect.arrayContaining([expect.objectContaining({ name: 'Good Cats', isClaimed: true })]) } });
      for (const q of ['', 'g', '%20g%20']) await expect(app.get(`/v1/clinics/claimable?q=${q}`)).resolves.toMatchObject({ status: 400 });
    });
  });

  describe('near a place', () => {
    beforeEach(async () => {
      await create({ name: 'Centre', coordinates: { lat: 42.6977, lng: 23.3219 } });
      await create({ name: 'Mladost', coordinates: { lat: 42.6506, lng: 23.3797 } });
      await create({ name: 'Plovdiv', city: 'Plovdiv', coordinates: { lat: 42.1354, lng: 24.7453 } });
      await create({ name: 'Nowhere' });
    });

    it('come nearest first, with their distance, within the radius', async () => {
      const { body } = await app.get<Clinics>('/v1/clinics?lat=42.6977&lng=23.3219');
      expect(body.items).toMatchObject([{ name: 'Centre', distanceKm: 0 }, { name: 'Mladost', distanceKm: 7.1 }]);
      expect(await names('?lat=42.6977&lng=23.3219&radiusKm=5')).toEqual(['Centre']);
      expect(await names('?lat=42.6977&lng=23.3219&radiusKm=200')).toEqual(['Centre', 'Mladost', 'Plovdiv']);
      expect(await names('?lat=42.6977&lng=23.3219&radiusKm=200&q=plovdiv')).toEqual(['Plovdiv']);
      expect((await app.get<Clinics>('/v1/clinics')).body.items.every(({ distanceKm }) => distanceKm === null)).toBe(true);
      const first = await app.get<Clinics>('/v1/clinics?lat=42.6977&lng=23.3219&radiusKm=200&limit=2');
      const rest = await app.get<Clinics>(`/v1/clinics?lat=42.6977&lng=23.3219&radiusKm=200&limit=2&cursor=${first.body.nextCursor}`);
      expect(rest.body.items.map(({ name }) => name)).toEqual(['Plovdiv']);
    });

    it.each(['lat=42', 'lng=23', 'radiusKm=5', 'lat=91&lng=0', 'lat=0&lng=181', 'lat=x&lng=0', 'lat=1&lng=1&radiusKm=0', 'lat=1&lng=1&radiusKm=201'])('refuses %s', async (query) => {
      await expect(app.get(`/v1/clinics?${query}`)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    });

    it('and searches read an index', async () => {
      const client = await app.pool.connect();
      try {
        await client.query('SET enable_seqscan = off');
        const planOf = async (where: string): Promise<string> => (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT 1 FROM directory.clinics l WHERE ${where}`)).rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(await planOf(`point(l.location_lng, l.location_lat) <@ box(point(23, 42), point(24, 43))`)).toContain('ix_clinics_place');
        expect(await planOf(`directory.fold('vitosha') <% directory.fold(l.name || ' ' || l.city || ' ' || l.address)`)).toContain('ix_clinics_search');
      } finally {
        client.release(true);
      }
    });
  });

  describe('edited by who runs them', () => {
    it('change their business data, and nothing that staff vouch for', async () => {
      const owner = await someone();
      const { body: clinic } = await create({ ownerId: owner.id });
      const edit = (token: string | undefined, body: object) => app.patch<Clinic>(`/v1/clinics/${clinic.id}`, { token, body });
      await expect(edit(owner.token, { phone: '+359 2 999 9999', is24h: true, specializations: ['dental'] })).resolves.toMatchObject({ status: 200, body: { phone: '+359 2 999 9999', is24h: true, specializations: ['dental'] } });
      for (const body of [{ name: 'Other' }, { city: 'Varna' }, { verified: true }, { featured: true }, { ownerId: null }]) await expect(edit(owner.token, body)).resolves.toMatchObject({ status: 400 });
      await expect(edit(owner.token, { address: 'x', version: clinic.version })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      await expect(edit((await someone()).token, { address: 'x' })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(edit(undefined, { address: 'x' })).resolves.toMatchObject({ status: 401 });
      await expect(edit(admin.token, { address: 'x' })).resolves.toMatchObject({ status: 200, body: { address: 'x' } });
      expect((await audits(clinic.id)).filter(({ action }) => action === 'clinic_updated')).toMatchObject([{ metadata_json: { before: { phone: '+359 2 123 4567' }, after: { phone: '+359 2 999 9999' } } }, {}]);
    });

    it('are taken from them by staff, with a reason, and their role follows', async () => {
      const owner = await someone();
      const { body: clinic } = await create({ ownerId: owner.id });
      const path = `/v1/admin/clinics/${clinic.id}/owner`;
      await expect(app.delete(path, { token: admin.token, body: {} })).resolves.toMatchObject({ status: 400 });
      await expect(app.delete(path, { token: owner.token, body: { reason: 'x' } })).resolves.toMatchObject({ status: 403 });
      await expect(app.delete(path, { token: admin.token, body: { reason: 'The practice was sold' } })).resolves.toMatchObject({ status: 200, body: { ownerId: null, isClaimed: false } });
      expect(await roleOf(owner)).toBe('user');
      expect(await audits(clinic.id)).toContainEqual({ action: 'clinic_owner_revoked', metadata_json: { before: { ownerId: owner.id }, after: { ownerId: null }, reason: 'The practice was sold' } });
      await expect(app.delete(path, { token: admin.token, body: { reason: 'again' } })).resolves.toMatchObject({ status: 200 });
      await expect(app.patch(`/v1/clinics/${clinic.id}`, { token: owner.token, body: { address: 'x' } })).resolves.toMatchObject({ status: 403 });
    });
  });

  describe('imported from a file', () => {
    const send = (text: string, query = '', token: string | undefined = admin.token, type = 'text/csv') =>
      app.post<{ total: number; created: { line: number; id: string | null; name: string }[]; skipped: { line: number; reason: string; detail: string }[] }>(`/v1/admin/clinics/import${query}`, {
        token,
        body: text,
        headers: { 'Content-Type': type },
      });
    const FILE = [
      'name,city,address,phone,is24h,specializations,rating',
      'Good Hands,София,"бул. Витоша 12, ет. 2",02 123 4567,да,surgery|dental,4.5',
      'Good Paws,Varna,ul. Shipka 5,+359 52 300 400,no,,',
      'GOOD  PAWS,Варна,elsewhere,052/300-400,,,',
      'No Phone,Varna,ul. 1,,,,',
      'Bad Rating,Varna,ul. 1,12345678,,,9',
    ].join('\n');

    it('are previewed and then entered, and what is skipped says why', async () => {
      const preview = await send(FILE, '?dryRun=true');
      expect(preview).toMatchObject({
        status: 200,
        body: {
          dryRun: true,
          total: 5,
          created: [{ line: 2, id: null, name: 'Good Hands' }, { line: 3, name: 'Good Paws' }],
          skipped: [
            { line: 4, reason: 'duplicate_in_file', detail: 'the same name, city and phone as line 3' },
            { line: 5, reason: 'invalid', detail: expect.stringContaining('phone') },
            { line: 6, reason: 'invalid', detail: expect.stringContaining('rating') },
          ],
        },
      });
      expect(await names('')).toEqual([]);
      const done = await send(FILE);
      expect(done.body.created).toMatchObject([{ id: expect.any(String) }, { id: expect.any(String) }]);
      await expect(app.get(`/v1/clinics/${done.body.created[0]!.id}`)).resolves.toMatchObject({ body: { name: 'Good Hands', address: 'бул. Витоша 12, ет. 2', is24h: true, specializations: ['surgery', 'dental'], rating: 4.5, verified: false } });
      const again = await send(FILE);
      expect(again.body.created).toEqual([]);
      expect(again.body.skipped.filter(({ reason }) => reason === 'already_listed')).toMatchObject([{ line: 2, detail: expect.stringContaining(done.body.created[0]!.id!) }, { line: 3 }]);
    });

    it('are entered once however often the file comes at the same time', async () => {
      await Promise.all(Array.from({ length: 5 }, () => send(FILE)));
      expect(await names('')).toEqual(['Good Hands', 'Good Paws']);
    });

    it('come from Excel with semicolons and a mark at the start', async () => {
      const { body } = await send('\ufeffname;city;address;phone\r\nA;Sofia;x;123456\r\n');
      expect(body.created).toMatchObject([{ line: 2, name: 'A' }]);
    });

    it('are refused whole when the file cannot be read', async () => {
      await expect(send('name,city,secret\na,b,c')).resolves.toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining('secret') }] } });
      await expect(send('name,city\n"a,b')).resolves.toMatchObject({ status: 400 });
      await expect(send(['name,city,address,phone', ...Array.from({ length: 2_001 }, (_, i) => `N${i},c,a,123456`)].join('\n'))).resolves.toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining('2000') }] } });
      await expect(send('{}', '', admin.token, 'application/json')).resolves.toMatchObject({ status: 415 });
      await expect(app.post('/v1/admin/clinics', { token: admin.token, body: 'name', headers: { 'Content-Type': 'text/csv' } })).resolves.toMatchObject({ status: 415 });
      await expect(send(FILE, '', (await someone()).token)).resolves.toMatchObject({ status: 403 });
    });
  });
});
