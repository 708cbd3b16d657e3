import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { VolunteerPage, VolunteerView } from '../volunteers/volunteers.dto.js';
import type { TransportRequestView } from './transport.dto.js';

type Person = { token: string; id: string };

describe('transport of an animal', () => {
  let app: TestApp;
  let admin: Person;
  let owner: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start({ TRANSPORT_COOLDOWN_MINUTES: '20' });
    admin = await app.signIn('admin@example.com', 'admin');
    owner = await app.signIn('owner@example.com');
  });
  beforeEach(() => app.sql(`TRUNCATE directory.volunteers CASCADE`));
  afterAll(() => app.stop());

  const driver = async ({ city = 'Sofia', capabilities = ['transport'], availability = 'available', person = undefined as Person | undefined } = {}): Promise<VolunteerView> => {
    const { token } = person ?? (await app.signIn(`driver${++n}@example.com`));
    await app.post('/v1/volunteers', { token, body: { city, capabilities } });
    return (await app.put<VolunteerView>('/v1/me/volunteer/availability', { token, body: { availability } })).body;
  };
  const ask = (caseId: string, person: Person | undefined = owner) => app.post<TransportRequestView>(`/v1/cases/${caseId}/transport-requests`, { token: person?.token });
  const ofSofia = (columns: object = {}): Promise<string> => insertCase(app, { user_id: owner.id, ...columns });

  it('asks the drivers of the city who are free, and nobody else', async () => {
    const drivers = [await driver(), await driver({ city: 'София', capabilities: ['fostering', 'transport'] })];
    await driver({ availability: 'busy' });
    await driver({ availability: 'offline' });
    await driver({ capabilities: ['fostering'] });
    await driver({ city: 'Varna' });
    await driver({ person: owner });
    await driver({ person: admin });
    const gone = await driver();
    await app.sql(`UPDATE identity.users SET deleted_at = now() WHERE id = $1`, [gone.userId]);
    const caseId = await ofSofia();
    const matches = await app.get<VolunteerPage>(`/v1/cases/${caseId}/transport-matches`);
    expect(matches.body.items.map(({ id }) => id)).toEqual(expect.arrayContaining(drivers.map(({ id }) => id)));
    expect(matches.body.items).toHaveLength(3);
    const answer = await ask(caseId, admin);
    expect(answer).toMatchObject({ status: 201, body: { notifiedCount: 2 } });
    expect(answer.body.volunteerIds.sort()).toEqual(drivers.map(({ id }) => id).sort());
    const [event] = await app.sql<{ payload: { userIds: string[] } }>(`SELECT payload FROM platform.outbox_events WHERE type = 'directory.transport.requested.v1' AND payload->>'caseId' = $1`, [caseId]);
    expect(event!.payload).toEqual({ caseId, city: 'Sofia', userIds: expect.arrayContaining(drivers.map(({ userId }) => userId)) as string[] });
    await expect(app.sql(`SELECT actor_id, metadata_json FROM platform.audit_logs WHERE action = 'transport_requested' AND entity_id = $1`, [caseId])).resolves.toEqual([
      { actor_id: admin.id, metadata_json: { notifiedCount: 2 } },
    ]);
  });

  it('pauses after a request, also of several at once, and with nobody to ask', async () => {
    const [caseId, another] = [await ofSofia(), await ofSofia()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(caseId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 429, 429, 429, 429]);
    expect(answers.find(({ status }) => status === 201)!.body).toEqual({ notifiedCount: 0, volunteerIds: [] });
    const refused = await ask(caseId);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'transport.request' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1_100);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(1_200);
    await expect(ask(another)).resolves.toMatchObject({ status: 201 });
    await app.sql(`UPDATE directory.transport_requests SET created_at = now() - interval '20 minutes'`);
    await expect(ask(caseId)).resolves.toMatchObject({ status: 201 });
  });

  it('is asked for by the owner or an admin, for an open case that is shown', async () => {
    const stranger = await app.signIn('stranger@example.com');
    const caseId = await ofSofia();
    await expect(app.post(`/v1/cases/${caseId}/transport-requests`)).resolves.toMatchObject({ status: 401 });
    await expect(ask(caseId, stranger)).resolves.toMatchObject({ status: 403 });
    await expect(ask(newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(ask('x')).resolves.toMatchObject({ status: 400 });
    await expect(ask(await ofSofia({ status: 'closed', lifecycle_stage: 'closed_other' }))).resolves.toMatchObject({ status: 409, body: { code: 'CASE_CLOSED' } });
    const hidden = await ofSofia({ hidden_at: new Date() });
    await expect(ask(hidden, stranger)).resolves.toMatchObject({ status: 404 });
    await expect(app.get(`/v1/cases/${hidden}/transport-matches`)).resolves.toMatchObject({ status: 404 });
    await expect(app.get(`/v1/cases/${hidden}/transport-matches`, { token: owner.token })).resolves.toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    await expect(ask(caseId)).resolves.toMatchObject({ status: 201 });
  });
});
