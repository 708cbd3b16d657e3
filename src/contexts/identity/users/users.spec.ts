import { TestApp } from '../../../../test/support/test-app.js';

type Person = { token: string; id: string };

describe('people', () => {
  let app: TestApp;
  let admin: Person;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
  });
  afterAll(() => app.stop());

  const someone = (): Promise<Person> => app.signIn(`person${++n}@example.com`);
  const audits = (id: string, action: string) => app.sql<{ actor_id: string; metadata_json: object }>(`SELECT actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = $2 ORDER BY seq`, [id, action]);

  describe('PATCH /v1/me', () => {
    it('changes the own profile and cleans its text', async () => {
      const { token } = await someone();
      const answer = await app.patch('/v1/me', { token, body: { displayName: ' <b>Mila</b>\u202E ', bio: 'line one\r\nline two <script>', isPublic: false } });
      expect(answer).toMatchObject({ status: 200, body: { displayName: 'Mila', bio: 'line one\nline two', isPublic: false, version: 2 } });
      expect((await app.get('/v1/me', { token })).body).toEqual(answer.body);
    });

    it('keeps what is left out and clears what is empty', async () => {
      const { token } = await someone();
      await app.patch('/v1/me', { token, body: { displayName: 'Mila', bio: 'hello' } });
      expect((await app.patch('/v1/me', { token, body: { bio: '' } })).body).toMatchObject({ displayName: 'Mila', bio: null });
      expect((await app.patch('/v1/me', { token, body: { displayName: null } })).body).toMatchObject({ displayName: null, bio: null });
    });

    it.each([
      [{ displayName: 'x'.repeat(51) }],
      [{ bio: 'x'.repeat(281) }],
      [{ isPublic: 'yes' }],
      [{ isPublic: null }],
      [{ role: 'admin' }],
      [{ email: 'other@example.com' }],
      [{ verificationLevel: 'partner' }],
      [{ version: 'one' }],
    ])('refuses %j', async (body) => {
      const { token } = await someone();
      expect(await app.patch('/v1/me', { token, body })).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    });

    it('takes texts of exactly the longest length', async () => {
      const { token } = await someone();
      expect((await app.patch('/v1/me', { token, body: { displayName: '🐾'.repeat(50), bio: 'ж'.repeat(280) } })).status).toBe(200);
    });

    it('refuses an edit of a version that is gone, told in the body or by If-Match', async () => {
      const { token } = await someone();
      const read = await app.get('/v1/me', { token });
      const etag = read.headers.get('etag')!;
      expect((await app.patch('/v1/me', { token, body: { bio: 'a', version: 1 } })).status).toBe(200);
      expect(await app.patch('/v1/me', { token, body: { bio: 'b', version: 1 } })).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      expect(await app.patch('/v1/me', { token, body: { bio: 'b' }, headers: { 'If-Match': etag } })).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      const fresh = (await app.get('/v1/me', { token })).headers.get('etag')!;
      expect((await app.patch('/v1/me', { token, body: { bio: 'b' }, headers: { 'If-Match': fresh } })).status).toBe(200);
      expect((await app.patch('/v1/me', { token, body: { bio: 'c' }, headers: { 'If-Match': '"3"' } })).status).toBe(200);
    });

    it('lets one of ten simultaneous edits of the same version through', async () => {
      const { token } = await someone();
      const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => app.patch('/v1/me', { token, body: { bio: `edit ${i}`, version: 1 } })));
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    });
  });

  describe('onboarding', () => {
    it('makes a volunteer, offline, without handing out the badge', async () => {
      const { token, id } = await someone();
      const answer = await app.post('/v1/me/onboarding', {
        token,
        body: { userType: 'volunteer', volunteerCapabilities: ['transport', 'transport', 'rescue'], volunteerCity: 'Варна', city: 'Varna', hasPets: true },
      });
      expect(answer).toMatchObject({
        status: 200,
        body: { role: 'volunteer', userType: 'volunteer', volunteerCapabilities: ['transport', 'rescue'], volunteerCity: 'Варна', volunteerAvailability: 'offline', city: 'Varna', hasPets: null, onboardingCompleted: true },
      });
      expect(answer.body['onboardingCompletedAt']).toEqual(expect.stringMatching(/Z$/));
      await app.drain();
      expect((await app.get(`/v1/users/${id}/achievements`)).body).toEqual({ items: [], nextCursor: null });
      expect(await audits(id, 'user.role_changed')).toEqual([expect.objectContaining({ actor_id: id })]);
    });

    it('overwrites the answers when it is called again, and keeps the role', async () => {
      const { token } = await someone();
      await app.post('/v1/me/onboarding', { token, body: { userType: 'volunteer' } });
      expect((await app.post('/v1/me/onboarding', { token, body: { userType: 'pet_lover', hasPets: true, petTypes: ['dog'] } })).body).toMatchObject({ userType: 'pet_lover', role: 'volunteer', hasPets: true, petTypes: ['dog'] });
      expect((await app.post('/v1/me/onboarding', { token, body: { userType: 'professional', professionalType: 'groomer', professionalSpecialties: ['cats'] } })).body).toMatchObject({ professionalType: 'groomer', professionalSpecialties: ['cats'] });
    });

    it.each(['clinic', 'admin'])('never lowers the role %s', async (role) => {
      const { token } = await app.signIn(`high-${role}@example.com`, role);
      expect((await app.post('/v1/me/onboarding', { token, body: { userType: 'volunteer' } })).body['role']).toBe(role);
    });

    it.each([{}, { userType: 'individual' }, { userType: 'organization' }, { userType: 'volunteer', volunteerCapabilities: ['flying'] }, { userType: 'exploring', capabilities: Array.from({ length: 13 }, (_, i) => `c${i}`) }, { userType: 'pet_lover', petTypes: ['dragon'] }])(
      'refuses %j',
      async (body) => {
        const { token } = await someone();
        expect(await app.post('/v1/me/onboarding', { token, body })).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
      },
    );
  });

  describe('capabilities and the tour', () => {
    it('drops duplicates before it counts to twelve', async () => {
      const { token } = await someone();
      const twelve = Array.from({ length: 12 }, (_, i) => `skill ${i}`);
      const answer = await app.put('/v1/me/capabilities', { token, body: { capabilities: [...twelve, ' skill 0 '], volunteerCapabilities: ['events'] } });
      expect(answer).toMatchObject({ status: 200, body: { capabilities: twelve, volunteerCapabilities: ['events'] } });
      expect(await app.put('/v1/me/capabilities', { token, body: { capabilities: [...twelve, 'one more'] } })).toMatchObject({ status: 400, body: { errors: [{ path: 'capabilities' }] } });
      expect((await app.put('/v1/me/capabilities', { token, body: { volunteerCapabilities: ['juggling'] } })).status).toBe(400);
    });

    it('keeps the first time of the tour', async () => {
      const { token } = await someone();
      const first = await app.post('/v1/me/product-tour', { token });
      expect(first).toMatchObject({ status: 200, body: { productTourCompleted: true } });
      expect((await app.post('/v1/me/product-tour', { token })).body).toEqual(first.body);
    });
  });

  describe('roles and verification', () => {
    it('lets an admin give a role, audited once', async () => {
      const person = await someone();
      for (let i = 0; i < 2; i++) {
        expect(await app.put(`/v1/admin/users/${person.id}/role`, { token: admin.token, body: { role: 'volunteer' } })).toMatchObject({ status: 200, body: { id: person.id, role: 'volunteer' } });
      }
      expect(await audits(person.id, 'user.role_changed')).toEqual([{ actor_id: admin.id, metadata_json: { before: { role: 'user' }, after: { role: 'volunteer' } } }]);
    });

    it('takes effect on the next request of the person', async () => {
      const person = await someone();
      expect((await app.get('/v1/admin/audit-logs', { token: person.token })).status).toBe(403);
      await app.put(`/v1/admin/users/${person.id}/role`, { token: admin.token, body: { role: 'admin' } });
      expect((await app.get('/v1/admin/audit-logs', { token: person.token })).status).toBe(200);
    });

    it('verifies with time and verifier, and asks why before it lowers', async () => {
      const person = await someone();
      const set = (body: object) => app.put(`/v1/admin/users/${person.id}/verification`, { token: admin.token, body });
      expect(await set({ level: 'partner' })).toMatchObject({ status: 200, body: { verificationLevel: 'partner', verifiedBy: admin.id, verifiedAt: expect.any(String) } });
      expect(await set({ level: 'community' })).toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED' } });
      expect(await set({ level: 'community', reason: '  ' })).toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED' } });
      expect(await set({ level: 'unverified', reason: 'The agreement ended' })).toMatchObject({ status: 200, body: { verificationLevel: 'unverified', verifiedAt: null, verifiedBy: null } });
      expect((await audits(person.id, 'user.verification_changed')).map((row) => row.metadata_json)).toEqual([
        { before: { level: 'unverified' }, after: { level: 'partner' }, reason: null },
        { before: { level: 'partner' }, after: { level: 'unverified' }, reason: 'The agreement ended' },
      ]);
    });

    it('is told with its meaning', async () => {
      const person = await someone();
      await app.put(`/v1/admin/users/${person.id}/verification`, { token: admin.token, body: { level: 'partner' } });
      expect((await app.get(`/v1/users/${person.id}`)).body).toMatchObject({ verificationLevel: 'partner', verificationMeaning: 'A partner of the platform by an agreement with staff.' });
    });

    it('is nothing that an erased person has', async () => {
      const person = await someone();
      await app.sql(`UPDATE identity.users SET deleted_at = now() WHERE id = $1`, [person.id]);
      expect(await app.put(`/v1/admin/users/${person.id}/verification`, { token: admin.token, body: { level: 'partner' } })).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
    });

    it('is not for oneself, not even for admins', async () => {
      expect(await app.put(`/v1/admin/users/${admin.id}/role`, { token: admin.token, body: { role: 'user' } })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect((await app.put(`/v1/admin/users/${admin.id}/verification`, { token: admin.token, body: { level: 'partner' } })).status).toBe(403);
    });

    it('answers for unknown people, malformed ids and unknown words', async () => {
      const missing = crypto.randomUUID();
      expect(await app.put(`/v1/admin/users/${missing}/role`, { token: admin.token, body: { role: 'user' } })).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
      expect((await app.put(`/v1/admin/users/nobody/role`, { token: admin.token, body: { role: 'user' } })).status).toBe(400);
      expect((await app.put(`/v1/admin/users/${missing}/role`, { token: admin.token, body: { role: 'moderator' } })).status).toBe(400);
      expect((await app.put(`/v1/admin/users/${missing}/verification`, { token: admin.token, body: { level: 'top' } })).status).toBe(400);
    });
  });

  it.each([
    ['GET', '/v1/me'],
    ['PATCH', '/v1/me'],
    ['POST', '/v1/me/onboarding'],
    ['POST', '/v1/me/product-tour'],
    ['PUT', '/v1/me/capabilities'],
    ['GET', '/v1/users/me'],
    ['GET', '/v1/users/me/stats'],
    ['PUT', `/v1/admin/users/${crypto.randomUUID()}/role`],
    ['PUT', `/v1/admin/users/${crypto.randomUUID()}/verification`],
  ])('refuses guests: %s %s', async (method, path) => {
    expect(await app.call(method, path)).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });

  it.each([
    ['role', { role: 'admin' }],
    ['verification', { level: 'partner' }],
  ])('refuses ordinary people: PUT %s', async (what, body) => {
    const { token, id } = await someone();
    expect(await app.put(`/v1/admin/users/${id}/${what}`, { token, body })).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
  });
});
