import { insertClinic, publishCase } from './support/rescue.factory.js';
import { TestApp } from './support/test-app.js';

interface Person {
  token: string;
  id: string;
}

/** A hidden case is there for its owner and for admins, and for nobody else, whatever they ask (behaviour 2.3). */
describe('a hidden case', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let stranger: Person;
  let admin: Person;
  let id: string;
  let commentId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    vet = await app.signIn('vet@example.org');
    stranger = await app.signIn('stranger@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    const clinicId = await insertClinic(app, { ownerId: vet.id });
    ({ id } = await publishCase(app, owner.token, { clinicId, title: 'Zlatka needs a new home' }));
    await app.post(`/v1/cases/${id}/updates`, { token: owner.token, body: { text: 'Zlatka eats again' } });
    const comment = await app.post<{ id: string }>(`/v1/cases/${id}/comments`, { token: stranger.token, body: { content: 'Get well' } });
    commentId = comment.body.id;
    for (const mark of ['like', 'save', 'endorsement']) await app.put(`/v1/cases/${id}/${mark}`, { token: stranger.token });
    await app.put(`/v1/admin/cases/${id}/hidden`, { token: admin.token, body: { reason: 'Pictures of another animal' } });
  });
  afterAll(() => app.stop());

  const others = (): (Person | undefined)[] => [undefined, stranger, vet];
  const reads = ['', '?locale=bg', '/updates', '/comments', '/ledger'];

  it.each(reads)('is not read at /v1/cases/:id%s, except by owner and admins', async (path) => {
    for (const person of others()) await expect(app.get(`/v1/cases/${id}${path}`, { token: person?.token })).resolves.toMatchObject({ status: 404 });
    for (const person of [owner, admin]) {
      const { status } = await app.get(`/v1/cases/${id}${path}`, { token: person.token });
      expect([path, status]).toEqual([path, 200]);
    }
  });

  it('is watched by nobody', async () => {
    for (const person of [...others(), owner, admin]) await expect(app.get(`/v1/cases/${id}/events`, { token: person?.token })).resolves.toMatchObject({ status: 404 });
  });

  it.each<[string, string, unknown]>([
    ['PUT', '/like', undefined],
    ['DELETE', '/like', undefined],
    ['PUT', '/save', undefined],
    ['DELETE', '/save', undefined],
    ['PUT', '/endorsement', undefined],
    ['DELETE', '/endorsement', undefined],
    ['POST', '/comments', { content: 'Where is it?' }],
    ['POST', '/updates', { text: 'News' }],
    ['POST', '/lifecycle', { stage: 'closed_success' }],
    ['POST', '/clinic-confirmation', undefined],
    ['PATCH', '', { description: 'Another animal' }],
  ])('is not there for others to %s %s', async (method, path, body) => {
    for (const person of [stranger, vet]) await expect(app.call(method, `/v1/cases/${id}${path}`, { token: person.token, body })).resolves.toMatchObject({ status: 404 });
    await expect(app.call(method, `/v1/cases/${id}${path}`, { body })).resolves.toMatchObject({ status: 401 });
  });

  it('takes no donation and its comments cannot be reached', async () => {
    const checkout = { caseId: id, amount: 1_000, currency: 'EUR', anonymous: false, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` };
    await expect(app.post('/v1/donations/checkout-sessions', { token: stranger.token, body: checkout })).resolves.toMatchObject({ status: 404 });
    await expect(app.delete(`/v1/comments/${commentId}`, { token: stranger.token })).resolves.toMatchObject({ status: 404 });
  });

  it.each(['/v1/cases', '/v1/cases?q=Zlatka', '/v1/cases?city=Sofia&sort=urgent', '/v1/me/saved-cases', '/v1/users/OWNER/cases'])('is in no list: %s', async (path) => {
    for (const person of others()) {
      const answer = await app.get(path.replace('OWNER', owner.id), { token: person?.token });
      if (person || !path.includes('/me/')) expect([path, answer.status]).toEqual([path, 200]);
      expect(JSON.stringify(answer.body)).not.toContain(id);
    }
  });

  it('is in its owner’s lists, and in those that admins see of the owner', async () => {
    for (const [path, person] of [
      ['/v1/me/cases', owner],
      [`/v1/users/${owner.id}/cases`, owner],
      [`/v1/users/${owner.id}/cases`, admin],
    ] as const) {
      expect(JSON.stringify((await app.get(path, { token: person.token })).body)).toContain(id);
    }
  });

  it('counts in nobody’s public numbers', async () => {
    await expect(app.get(`/v1/users/${owner.id}/stats`)).resolves.toMatchObject({ body: { casesCreated: 0 } });
  });
});
