import { uploadPicture } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { AdminPartnerView, PartnerPage } from './partners.dto.js';

interface Person {
  token: string;
  id: string;
}

type PartnerAnswer = Answer<AdminPartnerView & { code: string; errors: { path: string }[] }>;

describe('partners', () => {
  let app: TestApp;
  let admin: Person;
  let user: Person;
  const ids: Record<string, string> = {};

  const body = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({
    name: 'Happy Bowl', logo: 'https://example.org/logo.png', type: 'food-brand', contribution: 'Two tonnes of food', description: 'A family shop.', since: '2024', ...rest,
  });
  const add = (rest: Record<string, unknown> = {}, token: string | undefined = admin.token): Promise<PartnerAnswer> => app.post('/v1/admin/partners', { token, body: body(rest) });
  const change = (id: string, changes: Record<string, unknown>, token: string | undefined = admin.token, headers: Record<string, string> = {}): Promise<PartnerAnswer> =>
    app.patch(`/v1/admin/partners/${id}`, { token, body: changes, headers });
  const list = async (query = ''): Promise<string[]> => (await app.get<PartnerPage>(`/v1/partners${query}`)).body.items.map(({ name }) => name);

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.org', 'admin');
    user = await app.signIn('user@example.org');
    for (const [name, rest] of Object.entries({
      Bowl: { type: 'food-brand', animalsHelped: 120, totalContributed: 1_250_050 },
      Arpa: { type: 'sponsor', featured: true, totalContributed: 5_000_000_000 },
      Collar: { type: 'pet-shop', animalsHelped: 7, website: 'https://collar.example.org' },
      Vetta: { type: 'veterinary', featured: true, animalsHelped: 900 },
    })) {
      const answer = await add({ name, ...rest });
      expect(answer.status).toBe(201);
      ids[name] = answer.body.id;
    }
  });
  afterAll(() => app.stop());

  it.each([
    ['', ['Arpa', 'Vetta', 'Bowl', 'Collar']],
    ['?featured=true', ['Arpa', 'Vetta']],
    ['?featured=false', ['Bowl', 'Collar']],
    ['?type=sponsor', ['Arpa']],
    ['?type=pet-shop&featured=true', []],
  ])('are listed%s, featured ones first', async (query, names) => {
    await expect(list(query)).resolves.toEqual(names);
  });

  it('come in pages', async () => {
    const { body: first } = await app.get<PartnerPage>('/v1/partners?limit=3');
    expect(first.items).toHaveLength(3);
    await expect(list(`?limit=3&cursor=${first.nextCursor}`)).resolves.toEqual(['Collar']);
  });

  it.each(['?type=ngo', '?featured=perhaps', '?limit=0', '?cursor=x'])('refuse %s', async (query) => {
    await expect(app.get(`/v1/partners${query}`)).resolves.toMatchObject({ status: 400 });
  });

  it('are shown one by one', async () => {
    await expect(app.get(`/v1/partners/${ids['Bowl']}`)).resolves.toMatchObject({
      status: 200, body: { name: 'Bowl', type: 'food-brand', since: '2024', animalsHelped: 120, totalContributed: 1_250_050, currency: 'EUR', website: null, featured: false, version: 1 },
    });
    await expect(app.get(`/v1/partners/${newId()}`)).resolves.toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
    await expect(app.get('/v1/partners/bowl')).resolves.toMatchObject({ status: 400 });
  });

  it('are summed up, and leave lists and sums while they are not active', async () => {
    await expect(app.get('/v1/partners/stats')).resolves.toMatchObject({ status: 200, body: { partners: 4, animalsHelped: 1_027, totalContributed: 5_001_250_050, currency: 'EUR' } });
    await expect(change(ids['Vetta']!, { active: false, reason: 'The agreement ended' })).resolves.toMatchObject({ status: 200, body: { active: false } });
    await expect(app.get(`/v1/partners/${ids['Vetta']}`)).resolves.toMatchObject({ status: 404 });
    await expect(list()).resolves.toEqual(['Arpa', 'Bowl', 'Collar']);
    await expect(app.get('/v1/partners/stats')).resolves.toMatchObject({ body: { partners: 3, animalsHelped: 127 } });
    await change(ids['Vetta']!, { active: true });
    await expect(list()).resolves.toContain('Vetta');
    const audit = await app.sql(`SELECT action, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [ids['Vetta']]);
    expect(audit).toMatchObject([{ action: 'partner.created' }, { action: 'partner.updated', metadata_json: { before: { active: true }, after: { active: false }, reason: 'The agreement ended' } }, { action: 'partner.updated' }]);
  });

  it('are kept by admins alone', async () => {
    await expect(app.post('/v1/admin/partners', { body: body() })).resolves.toMatchObject({ status: 401 });
    await expect(add({}, user.token)).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
    await expect(app.patch(`/v1/admin/partners/${ids['Bowl']}`, { body: {} })).resolves.toMatchObject({ status: 401 });
    await expect(change(ids['Bowl']!, { name: 'x' }, user.token)).resolves.toMatchObject({ status: 403 });
    await expect(change(newId(), { name: 'x' })).resolves.toMatchObject({ status: 404 });
  });

  it('are changed from the version that was read', async () => {
    const { body: partner } = await add({ name: 'Zoo' });
    await expect(change(partner.id, { name: 'Zoo & Co', website: 'https://zoo.example.org' }, admin.token, { 'If-Match': '"1"' })).resolves.toMatchObject({ status: 200, body: { name: 'Zoo & Co', version: 2 } });
    await expect(change(partner.id, { name: 'Zoo' }, admin.token, { 'If-Match': '"1"' })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    await expect(change(partner.id, { website: null })).resolves.toMatchObject({ status: 200, body: { website: null, version: 3 } });
    await expect(change(partner.id, { website: null })).resolves.toMatchObject({ status: 200, body: { version: 3 } });
    const twins = await Promise.all(['A', 'B', 'C'].map((name) => change(partner.id, { name, version: 3 })));
    expect(twins.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('take an uploaded picture as their logo', async () => {
    const file = await uploadPicture(app, admin.token);
    const { body: partner } = await add({ name: 'Zorro', logo: file });
    expect(partner.logo).toBe(`/v1/files/${file}`);
    await expect(change(partner.id, { logo: partner.logo, name: 'Zorro 2' })).resolves.toMatchObject({ status: 200, body: { logo: partner.logo } });
    await expect(add({ logo: await uploadPicture(app, user.token) })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'logo' }] } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no name', { name: '' }, 'name'],
    ['no logo', { logo: undefined }, 'logo'],
    ['a logo over http', { logo: 'http://example.org/a.png' }, 'logo'],
    ['a logo that is script', { logo: 'javascript:alert(1)' }, 'logo'],
    ['a picture of nobody', { logo: newId() }, 'logo'],
    ['an unknown kind', { type: 'ngo' }, 'type'],
    ['a website that is script', { website: 'javascript:alert(1)' }, 'website'],
    ['no year', { since: 'long ago' }, 'since'],
    ['negative animals', { animalsHelped: -1 }, 'animalsHelped'],
    ['a fraction of a cent', { totalContributed: 10.5 }, 'totalContributed'],
    ['an unknown field', { email: 'a@example.org' }, 'email'],
  ])('are refused with %s', async (_, rest, path) => {
    await expect(add(rest)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path }] } });
  });
});
