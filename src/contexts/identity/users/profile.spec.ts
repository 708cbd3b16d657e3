import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';

type Person = { token: string; id: string };

describe('public profiles', () => {
  let app: TestApp;
  let admin: Person;
  let other: Person;
  let person: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
    other = await app.signIn('other@example.com');
  });
  afterAll(() => app.stop());

  beforeEach(async () => {
    person = await app.signIn(`person${++n}@example.com`);
    await app.patch('/v1/me', { token: person.token, body: { displayName: 'Mila', bio: 'I foster cats' } });
    await app.post('/v1/me/onboarding', { token: person.token, body: { userType: 'pet_lover', city: 'Sofia', capabilities: ['finder'] } });
    await app.sql(`UPDATE identity.users SET phone = '+359888123456' WHERE id = $1`, [person.id]);
    await app.sql(`INSERT INTO engagement.achievements (id, user_id, type, unlocked_at) VALUES ($1, $3, 'first_donation', '2026-01-01'), ($2, $3, 'helped_10', '2026-02-01')`, [newId(), newId(), person.id]);
  });

  const hide = () => app.patch('/v1/me', { token: person.token, body: { isPublic: false } });

  it('shows a guest who somebody is, and no way to reach them', async () => {
    const answer = await app.get(`/v1/users/${person.id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: person.id,
        displayName: 'Mila',
        bio: 'I foster cats',
        role: 'user',
        userType: 'pet_lover',
        capabilities: ['finder'],
        verificationLevel: 'unverified',
        verificationMeaning: 'Nobody has checked this person yet.',
        city: 'Sofia',
        isPublic: true,
        followerCount: 0,
        followingCount: 0,
        achievements: [
          { type: 'helped_10', unlockedAt: '2026-02-01T00:00:00.000Z' },
          { type: 'first_donation', unlockedAt: '2026-01-01T00:00:00.000Z' },
        ],
        stats: { donations: { count: 0, totals: [] }, casesCreated: 0, animalsHelped: 0 },
      },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/@example\.com|359888|email|phone|clerk/i);
  });

  it('withholds the details of a private profile from guests and others', async () => {
    await hide();
    for (const token of [undefined, other.token]) {
      const { body } = await app.get(`/v1/users/${person.id}`, { token });
      expect(body).toMatchObject({ displayName: 'Mila', verificationLevel: 'unverified', isPublic: false, bio: null, city: null, userType: null, capabilities: null, stats: null });
      expect(body['achievements']).toHaveLength(2);
      expect(await app.get(`/v1/users/${person.id}/stats`, { token })).toMatchObject({ status: 403, body: { code: 'PROFILE_PRIVATE' } });
    }
  });

  it('shows a private profile whole to its person and to admins', async () => {
    await hide();
    for (const token of [person.token, admin.token]) {
      expect((await app.get(`/v1/users/${person.id}`, { token })).body).toMatchObject({ bio: 'I foster cats', city: 'Sofia', stats: { casesCreated: 0 } });
      expect((await app.get(`/v1/users/${person.id}/stats`, { token })).status).toBe(200);
    }
  });

  it('understands `me` with a session', async () => {
    expect((await app.get('/v1/users/me', { token: person.token })).body).toMatchObject({ id: person.id, bio: 'I foster cats' });
    expect((await app.get('/v1/users/me/stats', { token: person.token })).status).toBe(200);
  });

  it('counts cases that are published and not hidden', async () => {
    await insertCase(app, { user_id: person.id });
    await insertCase(app, { user_id: person.id });
    await insertCase(app, { user_id: person.id, hidden_at: new Date() });
    expect((await app.get(`/v1/users/${person.id}/stats`)).body).toEqual({ donations: { count: 0, totals: [] }, casesCreated: 2, animalsHelped: 0 });
  });

  it('adds up completed donations per currency, anonymous ones for the donor and admins only', async () => {
    const [one, other] = [await insertCase(app), await insertCase(app)];
    const gift = (caseId: string, amount: number, currency: string, status: string, anonymous: boolean): Promise<unknown> =>
      app.sql(
        `INSERT INTO giving.donations (id, user_id, case_id, requested_amount, requested_currency, amount, currency, status, anonymous, receipt_id, completed_at, created_at, updated_at)
         VALUES ($1::uuid, $2, $3, $4, $5, $4, $5, $6, $7, $1::uuid::text, now(), now(), now())`,
        [newId(), person.id, caseId, amount, currency, status, anonymous],
      );
    await gift(one, 1_000, 'EUR', 'completed', false);
    await gift(one, 500, 'EUR', 'completed', false);
    await gift(one, 9_999, 'EUR', 'failed', false);
    await gift(other, 700, 'EUR', 'completed', true);
    await gift(other, 300, 'BGN', 'completed', true);
    expect((await app.get(`/v1/users/${person.id}/stats`)).body).toMatchObject({ donations: { count: 2, totals: [{ amount: 1_500, currency: 'EUR' }] }, animalsHelped: 1 });
    const whole = { count: 4, totals: [{ amount: 300, currency: 'BGN' }, { amount: 2_200, currency: 'EUR' }] };
    for (const token of [person.token, admin.token]) expect((await app.get(`/v1/users/${person.id}/stats`, { token })).body).toMatchObject({ donations: whole });
  });

  it('answers 404 for nobody and 400 for a malformed id', async () => {
    for (const path of ['', '/stats', '/achievements', '/followers', '/following', '/follow']) {
      expect(await app.get(`/v1/users/${newId()}${path}`)).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
      expect(await app.get(`/v1/users/nobody${path}`)).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    }
  });

  it('answers an unchanged profile with 304', async () => {
    const etag = (await app.get(`/v1/users/${person.id}`)).headers.get('etag')!;
    expect((await app.get(`/v1/users/${person.id}`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('pages badges, newest first, and tells others only kind and time', async () => {
    const first = await app.get<{ items: object[]; nextCursor: string }>(`/v1/users/${person.id}/achievements?limit=1`);
    expect(first.body.items).toEqual([{ type: 'helped_10', unlockedAt: '2026-02-01T00:00:00.000Z' }]);
    const second = await app.get(`/v1/users/${person.id}/achievements?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toEqual({ items: [{ type: 'first_donation', unlockedAt: '2026-01-01T00:00:00.000Z' }], nextCursor: null });
    expect((await app.get(`/v1/users/${person.id}/achievements?cursor=junk`)).body).toMatchObject({ code: 'CURSOR_INVALID' });
    const own = await app.get<{ items: object[] }>('/v1/me/achievements', { token: person.token });
    expect(own.body.items[1]).toEqual({ type: 'first_donation', unlockedAt: '2026-01-01T00:00:00.000Z', title: 'First Steps', description: 'Made a first donation', icon: '🎉' });
    expect((await app.get('/v1/me/achievements')).status).toBe(401);
  });
});
