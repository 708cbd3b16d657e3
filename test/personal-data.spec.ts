import { type PermissionSource, routePermissions } from '../src/commands/permissions-document.js';
import { openApiDocument } from '../src/platform/http/openapi.js';
import { insertClinic, publishCase, uploadPicture } from './support/rescue.factory.js';
import { TestApp } from './support/test-app.js';

type Person = { token: string; id: string };

/** What must never be told: in every e-mail and every phone of the people here. */
const MAIL = 'never-tell.example';
const PHONE = '+359 888 700 123';
const LEAK = new RegExp(`${MAIL}|888\\D?700\\D?123`);

/** Reads of the directory, of adoptions, and of what surrounds them, each with what it needs to answer something. */
const QUERIES: Record<string, string> = {
  '/v1/clinics': '?city=Sofia',
  '/v1/clinics/claimable': '?q=good',
  '/v1/pet-services': '?city=Sofia',
  '/v1/pet-services/claimable': '?q=happy',
  '/v1/adoptions': '?city=Sofia',
  '/v1/volunteers': '?city=Sofia',
};

describe('e-mails and phones of people', () => {
  let app: TestApp;
  let stranger: Person;
  let lister: Person;
  let volunteer: Person;
  let ids: string[];
  let reads: string[];
  let [caseId, adoptionId]: string[] = [];

  const person = async (name: string): Promise<Person> => {
    const signedIn = await app.signIn(`${name}@${MAIL}`);
    await app.sql(`UPDATE identity.users SET phone = $2 WHERE id = $1`, [signedIn.id, PHONE]);
    return signedIn;
  };
  const make = async (path: string, token: string, body: object): Promise<string> => {
    const answer = await app.post<{ id: string }>(path, { token, body });
    expect([path, answer.status]).toEqual([path, 201]);
    return answer.body.id;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    stranger = await app.signIn('stranger@example.org');
    [lister, volunteer] = [await person('lister'), await person('volunteer')];
    const [vet, groomer] = [await person('vet'), await person('groomer')];
    const clinicId = await insertClinic(app, { ownerId: vet.id });
    const serviceId = await make('/v1/pet-services', groomer.token, { name: 'Happy Tails', type: 'grooming', city: 'Sofia', address: 'ul. 1', phone: '+359 2 123 4567', email: 'hello@happytails.example' });
    const volunteerId = await make('/v1/volunteers', volunteer.token, { city: 'Sofia', capabilities: ['transport'] });
    await app.put('/v1/me/volunteer/availability', { token: volunteer.token, body: { availability: 'available' } });
    caseId = (await publishCase<{ id: string }>(app, lister.token, { clinicId })).id;
    adoptionId = await make('/v1/adoptions', lister.token, {
      animalType: 'dog', name: 'Sharo', age: '2 years', description: 'Calm.', images: [await uploadPicture(app, lister.token)], location: { city: 'Sofia', neighborhood: 'Lozenets' }, vaccinated: true, neutered: true,
    });
    await app.post(`/v1/cases/${caseId}/comments`, { token: lister.token, body: { content: 'She eats again.' } });
    ids = [caseId, adoptionId, clinicId, serviceId, volunteerId, lister.id, volunteer.id, vet.id, groomer.id];
    reads = routePermissions(openApiDocument(app.app) as unknown as PermissionSource)
      .filter(({ route, level }) => route.startsWith('GET /v1/') && level !== 'admin' && !route.endsWith('/events'))
      .map(({ route }) => route.slice('GET '.length));
  });
  afterAll(() => app.stop());

  it('are in no answer that a guest or another person gets', async () => {
    const answered = new Map<string, number>();
    const leaks: string[] = [];
    for (const route of reads) {
      for (const id of route.includes('{') ? ids : ['']) {
        for (const token of [undefined, stranger.token]) {
          const path = route.replaceAll(/\{\w+\}/g, id) + (QUERIES[route] ?? '');
          const { status, body, headers } = await app.get(path, { token });
          if (status === 200) answered.set(route, Math.max(answered.get(route) ?? 0, JSON.stringify(body).length));
          if (LEAK.test(JSON.stringify([body, [...headers]]))) leaks.push(path);
        }
      }
    }
    expect(leaks).toEqual([]);
    // What holds nothing proves nothing.
    const empty = [...Object.keys(QUERIES), '/v1/clinics/{id}', '/v1/pet-services/{id}', '/v1/adoptions/{id}', '/v1/volunteers/{id}', '/v1/cases/{id}', '/v1/cases/{id}/comments', '/v1/cases/{id}/transport-matches', '/v1/users/{id}'];
    expect(empty.filter((route) => (answered.get(route) ?? 0) < 150)).toEqual([]);
  });

  it('are in no answer to what people do with each other, and in nothing that is kept or told of it', async () => {
    const admin = await app.signIn('admin@example.org', 'admin');
    const answers = [
      await app.post(`/v1/adoptions/${adoptionId}/interest`, { token: volunteer.token }),
      await app.post(`/v1/adoptions/${adoptionId}/reports`, { token: volunteer.token, body: { reason: 'spam' } }),
      await app.post(`/v1/cases/${caseId}/transport-requests`, { token: lister.token }),
      await app.patch(`/v1/adoptions/${adoptionId}`, { token: admin.token, body: { age: '3 years' } }),
      await app.post(`/v1/adoptions/${adoptionId}/status`, { token: lister.token, body: { status: 'pending' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 200]);
    expect(answers[2]!.body).toMatchObject({ notifiedCount: 1 });
    expect(answers.filter(({ body }) => LEAK.test(JSON.stringify(body)))).toEqual([]);
    await app.drain();
    for (const table of ['platform.outbox_events', 'platform.audit_logs', 'platform.live_events', 'engagement.notifications', 'trust.community_reports']) {
      const rows = await app.sql<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      expect([table, rows.filter(({ row }) => LEAK.test(row))]).toEqual([table, []]);
    }
  });

  it('are there for the person alone', async () => {
    const { body } = await app.get('/v1/me', { token: lister.token });
    expect(JSON.stringify(body)).toMatch(LEAK);
  });
});
