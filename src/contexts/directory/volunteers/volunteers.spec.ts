import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { donationCompleted } from '../../giving/donations/index.js';
import { UserErasure } from '../../identity/users/index.js';
import { CountVolunteerDonation } from './on-donation-completed.consumer.js';
import type { VolunteerPage, VolunteerView } from './volunteers.dto.js';

type Person = { token: string; id: string };

describe('volunteers', () => {
  let app: TestApp;
  let admin: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
  });
  beforeEach(() => app.sql(`TRUNCATE directory.volunteers CASCADE`));
  afterAll(() => app.stop());

  const someone = (role?: string): Promise<Person> => app.signIn(`person${++n}@example.com`, role);
  const join = (person: Person | undefined, body: object = {}) => app.post<VolunteerView>('/v1/volunteers', { token: person?.token, body });
  const availability = (person: Person | undefined, value: string) => app.put<VolunteerView>('/v1/me/volunteer/availability', { token: person?.token, body: { availability: value } });
  const list = async (query = ''): Promise<VolunteerView[]> => (await app.get<VolunteerPage>(`/v1/volunteers${query}`)).body.items;
  const listed = async (query = ''): Promise<string[]> => (await list(query)).map(({ id }) => id);
  const volunteer = async (body: object = {}, is = 'available'): Promise<Person & { volunteerId: string }> => {
    const person = await someone();
    const { body: view } = await join(person, { city: 'Sofia', ...body });
    await availability(person, is);
    return { ...person, volunteerId: view.id };
  };

  it('join offline, once, and get the role unless theirs is higher', async () => {
    const person = await someone();
    const answers = await Promise.all(Array.from({ length: 4 }, () => join(person, { bio: 'I have a van.', location: 'София', capabilities: ['transport', 'transport'] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({
      userId: person.id, role: 'volunteer', city: 'София', location: 'София', bio: 'I have a van.', capabilities: ['transport'], availability: 'offline', rating: null, isTopVolunteer: false, badges: [],
      memberSince: String(new Date().getUTCFullYear()), stats: { animalsHelped: 0, adoptions: 0, campaigns: 0, donationsReceived: 0, hoursVolunteered: 0 },
    });
    await availability(person, 'available');
    await expect(join(person, { city: 'Varna' })).resolves.toMatchObject({ status: 200, body: { city: 'София', availability: 'available' } });
    await expect(app.get('/v1/me', { token: person.token })).resolves.toMatchObject({ body: { role: 'volunteer', volunteerCity: 'София', volunteerCapabilities: ['transport'] } });
    await expect(app.sql(`SELECT 1 FROM platform.audit_logs WHERE action = 'user.role_changed' AND entity_id = $1`, [person.id])).resolves.toHaveLength(1);
    await expect(join(await someone('clinic'))).resolves.toMatchObject({ status: 201, body: { role: 'clinic', city: null } });
    await expect(app.post('/v1/volunteers', { token: (await someone()).token })).resolves.toMatchObject({ status: 201, body: { availability: 'offline', bio: '' } });
    await expect(join(undefined)).resolves.toMatchObject({ status: 401 });
    for (const body of [{ capabilities: ['fly'] }, { bio: 'x'.repeat(281) }, { rating: 5 }, { stats: {} }, { availability: 'available' }]) await expect(join(await someone(), body)).resolves.toMatchObject({ status: 400 });
  });

  it('are listed only while they are available or busy, and nobody can ask for who is offline', async () => {
    const [free, busy, offline] = [await volunteer(), await volunteer({}, 'busy'), await volunteer({}, 'offline')];
    expect((await listed()).sort()).toEqual([free.volunteerId, busy.volunteerId].sort());
    expect(await listed('?availability=busy')).toEqual([busy.volunteerId]);
    for (const query of ['availability=offline', 'capability=fly', 'sort=name', 'top=perhaps', 'cursor=x']) await expect(app.get(`/v1/volunteers?${query}`)).resolves.toMatchObject({ status: 400 });
    await expect(app.get(`/v1/volunteers/${offline.volunteerId}`)).resolves.toMatchObject({ status: 200, body: { availability: 'offline' } });
    await expect(app.get(`/v1/volunteers/${newId()}`)).resolves.toMatchObject({ status: 404, body: { code: 'VOLUNTEER_NOT_FOUND' } });
    await expect(app.get('/v1/volunteers/x')).resolves.toMatchObject({ status: 400 });
  });

  it('are found by city in either alphabet, by capability and by mark', async () => {
    const driver = await volunteer({ city: 'гр. София', capabilities: ['transport'] });
    const other = await volunteer({ city: 'Varna', capabilities: ['fostering'] });
    expect(await listed('?city=Sofia')).toEqual([driver.volunteerId]);
    expect(await listed('?city=Варна&capability=fostering')).toEqual([other.volunteerId]);
    expect(await listed('?city=Варна&capability=transport')).toEqual([]);
    await app.put(`/v1/admin/volunteers/${other.volunteerId}/top`, { token: admin.token, body: { top: true } });
    expect(await listed('?top=true')).toEqual([other.volunteerId]);
    expect(await listed('?top=false')).toEqual([driver.volunteerId]);
  });

  it('are sorted by animals helped, rating or age, page by page', async () => {
    const three = [await volunteer(), await volunteer(), await volunteer()];
    await app.sql(`UPDATE directory.volunteers SET stats_animals_helped = 5, rating = 2 WHERE id = $1`, [three[0]!.volunteerId]);
    await app.sql(`UPDATE directory.volunteers SET rating = 4.5 WHERE id = $1`, [three[1]!.volunteerId]);
    const ids = three.map(({ volunteerId }) => volunteerId);
    for (const [sort, order] of [['animalsHelped', [0, 2, 1]], ['rating', [1, 0, 2]], ['newest', [2, 1, 0]]] as const) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body }: { body: VolunteerPage } = await app.get<VolunteerPage>(`/v1/volunteers?sort=${sort}&limit=1${cursor ? `&cursor=${cursor}` : ''}`);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor;
      }
      expect([sort, seen]).toEqual([sort, order.map((place) => ids[place])]);
    }
    expect(await listed()).toEqual(await listed('?sort=animalsHelped'));
  });

  it('say themselves what they can do and where, and the account says the same', async () => {
    const person = await volunteer();
    const say = (token: string | undefined, body: object) => app.patch('/v1/me/volunteer', { token, body });
    const can = (token: string | undefined, capabilities: unknown) => app.put('/v1/me/volunteer/capabilities', { token, body: { capabilities } });
    await expect(say(person.token, { bio: 'Free on Saturdays', city: 'Plovdiv' })).resolves.toMatchObject({ status: 200, body: { bio: 'Free on Saturdays', city: 'Plovdiv', availability: 'available' } });
    await expect(can(person.token, ['fostering', 'fostering', 'general'])).resolves.toMatchObject({ status: 200, body: { capabilities: ['fostering', 'general'] } });
    await expect(app.get('/v1/me', { token: person.token })).resolves.toMatchObject({ body: { volunteerCity: 'Plovdiv', volunteerCapabilities: ['fostering', 'general'], volunteerAvailability: 'available' } });
    expect(await listed('?city=Пловдив')).toEqual([person.volunteerId]);
    for (const wrong of [['fly'], 'transport', null]) await expect(can(person.token, wrong)).resolves.toMatchObject({ status: 400 });
    for (const wrong of [{ bio: 'x'.repeat(281) }, { city: '' }, { rating: 5 }]) await expect(say(person.token, wrong)).resolves.toMatchObject({ status: 400 });
    await expect(availability(person, 'asleep')).resolves.toMatchObject({ status: 400 });
    const none = await someone();
    for (const answer of [await say(none.token, {}), await can(none.token, []), await availability(none, 'busy')]) expect(answer).toMatchObject({ status: 404, body: { code: 'VOLUNTEER_NOT_FOUND' } });
    for (const answer of [await say(undefined, {}), await can(undefined, []), await availability(undefined, 'busy')]) expect(answer.status).toBe(401);
  });

  it('move with the account when onboarding is answered again', async () => {
    const person = await volunteer();
    await app.post('/v1/me/onboarding', { token: person.token, body: { userType: 'volunteer', volunteerCity: 'Burgas', volunteerCapabilities: ['rescue'] } });
    await app.drain();
    expect(await list('?city=Бургас')).toMatchObject([{ id: person.volunteerId, city: 'Burgas', capabilities: ['rescue'], availability: 'available' }]);
  });

  it('are marked, rated and credited by admins alone, each time in the audit log', async () => {
    const { token, volunteerId } = await volunteer();
    const put = (what: string, body: object, by = admin.token) => app.put(`/v1/admin/volunteers/${volunteerId}/${what}`, { token: by, body });
    const log = (body: object, by = admin.token) => app.post(`/v1/admin/volunteers/${volunteerId}/activities`, { token: by, body });
    for (const answer of [await put('top', { top: true }, token), await put('rating', { rating: 5 }, token), await log({ kind: 'rescue' }, token)]) expect(answer.status).toBe(403);
    await expect(app.put(`/v1/admin/volunteers/${volunteerId}/top`, { body: { top: true } })).resolves.toMatchObject({ status: 401 });
    await expect(put('top', { top: true })).resolves.toMatchObject({ status: 200, body: { isTopVolunteer: true } });
    await put('top', { top: true });
    await expect(put('rating', { rating: 4.5 })).resolves.toMatchObject({ status: 200, body: { rating: 4.5 } });
    for (const wrong of [0, 6, '5', 4.55]) await expect(put('rating', { rating: wrong })).resolves.toMatchObject({ status: 400 });
    const caseId = await insertCase(app);
    await log({ kind: 'transport', hours: 2.5, caseId, note: 'Drove Rex' });
    await log({ kind: 'adoption' });
    await log({ kind: 'event', hours: 1.1 });
    await expect(log({ kind: 'campaign' })).resolves.toMatchObject({ status: 201, body: { stats: { animalsHelped: 2, adoptions: 1, campaigns: 1, hoursVolunteered: 3.6 } } });
    for (const wrong of [{ kind: 'flight' }, { kind: 'rescue', hours: 0 }, { kind: 'rescue', hours: 1_001 }, { kind: 'rescue', caseId: newId() }]) await expect(log(wrong)).resolves.toMatchObject({ status: 400 });
    await expect(app.post(`/v1/admin/volunteers/${newId()}/activities`, { token: admin.token, body: { kind: 'rescue' } })).resolves.toMatchObject({ status: 404 });
    const audits = await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [volunteerId]);
    expect(audits.map(({ action }) => action)).toEqual(['volunteer.top_changed', 'volunteer.rated', ...Array.from({ length: 4 }, () => 'volunteer.activity_logged')]);
    const events = await app.sql<{ payload: object }>(`SELECT payload FROM platform.outbox_events WHERE type = 'directory.volunteer.activity_logged.v1' AND payload->>'volunteerId' = $1 ORDER BY id`, [volunteerId]);
    expect(events[0]!.payload).toMatchObject({ volunteerId, kind: 'transport' });
    expect(events).toHaveLength(4);
  });

  it('are credited once for each of several activities logged at once', async () => {
    const { volunteerId } = await volunteer();
    await Promise.all(Array.from({ length: 6 }, () => app.post(`/v1/admin/volunteers/${volunteerId}/activities`, { token: admin.token, body: { kind: 'rescue', hours: 0.1 } })));
    await expect(app.get(`/v1/volunteers/${volunteerId}`)).resolves.toMatchObject({ body: { stats: { animalsHelped: 6, hoursVolunteered: 0.6 } } });
  });

  it('show the badges that they earned and the donations that their cases received', async () => {
    const { id, volunteerId } = await volunteer();
    const caseId = await insertCase(app, { user_id: id });
    await app.sql(`INSERT INTO engagement.achievements (id, user_id, type, unlocked_at) VALUES ($1, $2, 'top_transporter', now())`, [newId(), id]);
    const { payload } = donationCompleted({ donationId: newId(), userId: newId(), caseId, campaignId: null, amount: 500, currency: 'EUR', kind: 'one_time', anonymous: false });
    await app.app.get(Database).transaction((tx) => app.app.get(CountVolunteerDonation).handle({ payload } as never, tx));
    await expect(app.get(`/v1/volunteers/${volunteerId}`)).resolves.toMatchObject({ body: { badges: ['top_transporter'], stats: { donationsReceived: 1 } } });
  });

  it('leave nothing behind when they are erased', async () => {
    const { id, volunteerId } = await volunteer();
    await app.post(`/v1/admin/volunteers/${volunteerId}/activities`, { token: admin.token, body: { kind: 'rescue' } });
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await expect(app.get(`/v1/volunteers/${volunteerId}`)).resolves.toMatchObject({ status: 404 });
    expect(await listed()).toEqual([]);
    await app.drain();
    await expect(app.sql(`SELECT 1 FROM directory.volunteers UNION ALL SELECT 1 FROM directory.volunteer_activities`)).resolves.toEqual([]);
  });
});
