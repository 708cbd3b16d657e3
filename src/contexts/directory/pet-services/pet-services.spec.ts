import { uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { UserErasure } from '../../identity/users/index.js';
import type { PetServicePage, PetServiceView } from './pet-services.dto.js';

type Person = { token: string; id: string };

describe('pet services', () => {
  let app: TestApp;
  let admin: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
  });
  beforeEach(() => app.sql(`DELETE FROM directory.pet_services`));
  afterAll(() => app.stop());

  const someone = (): Promise<Person> => app.signIn(`person${++n}@example.com`);
  const body = (rest: object = {}): object => ({ name: 'Happy Tails', type: 'grooming', city: 'София', address: 'бул. Витоша 12', phone: '+359 2 123 4567', ...rest });
  const register = (person: Person | undefined, rest: object = {}) => app.post<PetServiceView>('/v1/pet-services', { token: person?.token, body: body(rest) });
  const names = async (query = ''): Promise<string[]> => (await app.get<PetServicePage>(`/v1/pet-services${query}`)).body.items.map(({ name }) => name);

  it('are registered unverified by who runs them, and listed at once', async () => {
    const owner = await someone();
    const photo = await uploadPicture(app, owner.token);
    const made = await register(owner, { email: 'hello@happytails.example', website: 'https://happytails.example', services: ['bath'], photos: [photo], coordinates: { lat: 42.69, lng: 23.32 } });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Happy Tails', type: 'grooming', verified: false, isClaimed: true, email: 'hello@happytails.example', services: ['bath'], photos: [photo], photoUrls: [`/v1/files/${photo}`], coordinates: { lat: 42.69, lng: 23.32 } },
    });
    await expect(app.get(`/v1/pet-services/${made.body.id}`)).resolves.toMatchObject({ status: 200, body: made.body });
    expect(JSON.stringify(made.body)).not.toContain(owner.id);
    await expect(app.get('/v1/me', { token: owner.token })).resolves.toMatchObject({ body: { linkedPetServiceId: made.body.id, role: 'user' } });
    expect(await names('?type=grooming&city=Sofia')).toEqual(['Happy Tails']);
    expect(await names('?type=training')).toEqual([]);
    await expect(app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'pet_service_registered' AND entity_id = $1`, [made.body.id])).resolves.toEqual([{ actor_id: owner.id }]);
  });

  it('need a session, valid data, own pictures, and are no clinics', async () => {
    const person = await someone();
    const stranger = await someone();
    await expect(register(undefined)).resolves.toMatchObject({ status: 401 });
    await expect(register(person, { type: 'clinic' })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'type', message: expect.stringContaining('/v1/clinics') }] } });
    for (const rest of [{ name: '' }, { type: 'zoo' }, { phone: '1' }, { email: 'x' }, { website: 'javascript:alert(1)' }, { verified: true }, { ownerId: person.id }, { photos: [await uploadPicture(app, stranger.token)] }]) {
      await expect(register(person, rest)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    }
  });

  it('are listed once by name, city and type, also when they come at once, and three a person', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, someone));
    const answers = await Promise.all(people.map((person, i) => register(person, { name: i % 2 ? 'HAPPY  tails' : 'Happy Tails', city: i % 2 ? 'Sofia' : 'София' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'PET_SERVICE_EXISTS' } });
    await expect(register(people[0], { type: 'training' })).resolves.toMatchObject({ status: 201 });
    const busy = await someone();
    const many = await Promise.all(Array.from({ length: 6 }, (_, i) => register(busy, { name: `Shop ${i}` })));
    expect(many.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429]);
    expect(many.find(({ status }) => status === 429)).toMatchObject({ body: { code: 'RATE_LIMITED', scope: 'pet_service.register' } });
  });

  it('are searched in either alphabet, found near a place and offered to claim', async () => {
    const [a, b] = [await someone(), await someone()];
    await register(a, { name: 'Зоомагазин Рекс', type: 'pet_store', coordinates: { lat: 42.6977, lng: 23.3219 } });
    await register(b, { name: 'Rex Training', type: 'training', city: 'Varna', address: 'ul. 1', coordinates: { lat: 43.2141, lng: 27.9147 } });
    expect(await names('?q=zoomagazin')).toEqual(['Зоомагазин Рекс']);
    expect(await names('?q=reks&type=pet_store')).toEqual(['Зоомагазин Рекс']);
    expect(await names('?lat=43.2&lng=27.9&radiusKm=20')).toEqual(['Rex Training']);
    await expect(app.get('/v1/pet-services/claimable?q=rex&type=training')).resolves.toMatchObject({ body: { items: [{ name: 'Rex Training', isClaimed: true }] } });
    await expect(app.get('/v1/pet-services/claimable?q=r')).resolves.toMatchObject({ status: 400 });
    await expect(app.get('/v1/pet-services?type=zoo')).resolves.toMatchObject({ status: 400 });
  });

  it('are edited by who runs them, except for what staff vouch for', async () => {
    const owner = await someone();
    const { body: service } = await register(owner);
    const edit = (person: Person | undefined, change: object) => app.patch<PetServiceView>(`/v1/pet-services/${service.id}`, { token: person?.token, body: change });
    await expect(edit(owner, { hours: '9 to 18', description: 'Dogs of every size', version: 1 })).resolves.toMatchObject({ status: 200, body: { hours: '9 to 18', version: 2 } });
    await expect(edit(owner, { hours: 'x', version: 1 })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    for (const change of [{ name: 'Other' }, { city: 'Varna' }, { type: 'training' }, { verified: true }]) await expect(edit(owner, change)).resolves.toMatchObject({ status: 403 });
    await expect(edit(await someone(), { hours: 'x' })).resolves.toMatchObject({ status: 403 });
    await expect(edit(undefined, { hours: 'x' })).resolves.toMatchObject({ status: 401 });
    await expect(edit(admin, { name: 'Happier Tails', verified: true })).resolves.toMatchObject({ status: 200, body: { name: 'Happier Tails', verified: true } });
    const { body: other } = await register(await someone());
    await expect(app.patch(`/v1/pet-services/${other.id}`, { token: admin.token, body: { name: 'Happier Tails' } })).resolves.toMatchObject({ status: 409, body: { code: 'PET_SERVICE_EXISTS' } });
    const audits = await app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'pet_service_updated' AND entity_id = $1 ORDER BY seq`, [service.id]);
    expect(audits).toMatchObject([{ metadata_json: { before: { hours: null }, after: { hours: '9 to 18' } } }, { metadata_json: { after: { name: 'Happier Tails', verified: true } } }]);
  });

  it('are taken from who runs them by staff, and freed when that person is erased', async () => {
    const owner = await someone();
    const { body: first } = await register(owner);
    const { body: second } = await register(owner, { name: 'Second' });
    await expect(app.delete(`/v1/admin/pet-services/${first.id}/owner`, { token: owner.token, body: { reason: 'x' } })).resolves.toMatchObject({ status: 403 });
    await expect(app.delete(`/v1/admin/pet-services/${first.id}/owner`, { token: admin.token, body: {} })).resolves.toMatchObject({ status: 400 });
    await expect(app.delete(`/v1/admin/pet-services/${first.id}/owner`, { token: admin.token, body: { reason: 'Not theirs' } })).resolves.toMatchObject({ status: 200, body: { isClaimed: false } });
    await expect(app.get('/v1/me', { token: owner.token })).resolves.toMatchObject({ body: { linkedPetServiceId: second.id } });
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [owner.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await expect(app.get(`/v1/pet-services/${second.id}`)).resolves.toMatchObject({ body: { isClaimed: false } });
    await expect(app.sql(`SELECT 1 FROM directory.pet_services WHERE $1 IN (owner_id, registered_by_id)`, [owner.id])).resolves.toEqual([]);
  });

  it('are imported from a file, once', async () => {
    const send = (query = '') =>
      app.post<{ created: unknown[]; skipped: unknown[] }>(`/v1/admin/pet-services/import${query}`, {
        token: admin.token,
        headers: { 'Content-Type': 'text/csv' },
        body: 'name,type,city,address,phone,services\nRex,pet_store,Sofia,x,123456,food|toys\nRex,zoo,Sofia,x,123456,\nREX,pet_store,София,y,999999,',
      });
    await expect(send('?dryRun=true')).resolves.toMatchObject({ status: 200, body: { created: [{ line: 2, id: null }], skipped: [{ line: 3, reason: 'invalid' }, { line: 4, reason: 'duplicate_in_file' }] } });
    expect(await names()).toEqual([]);
    await send();
    await expect(send()).resolves.toMatchObject({ body: { created: [], skipped: [{ line: 2, reason: 'already_listed' }, {}, {}] } });
    expect(await names()).toEqual(['Rex']);
  });
});
