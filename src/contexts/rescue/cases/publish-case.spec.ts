import { caseBody, insertClinic, publishCase, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { CaseView } from './index.js';

describe('publishing a case', () => {
  let app: TestApp;
  let mila: { token: string; id: string };
  let picture: string;

  beforeAll(async () => {
    app = await TestApp.start();
    mila = await app.signIn('mila@example.org');
    picture = await uploadPicture(app, mila.token);
  });
  afterAll(() => app.stop());

  it('answers the whole case as its owner sees it', async () => {
    const clinicId = await insertClinic(app);
    const body = caseBody({ images: [picture], clinicId, externalSourceUrl: 'http://www.facebook.com/rescue.sofia/posts/1?utm=x#top' });
    const answer = await app.post<CaseView>('/v1/cases', { token: mila.token, body });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.body).toMatchObject({
      userId: mila.id,
      language: 'en',
      title: 'Rex was hit by a car',
      displayTitle: 'Rex was hit by a car',
      story: null,
      location: { city: 'София', neighborhood: 'Lozenets', coordinates: { lat: 42.6706, lng: 23.3219 } },
      fundraising: { goal: 100_000, current: 0, currency: 'EUR' },
      status: 'active',
      lifecycleStage: 'active_treatment',
      verificationStatus: 'unverified',
      riskLevel: 'low',
      riskFlags: [],
      foundAt: '2026-05-01T08:30:00.000Z',
      broughtToClinicAt: null,
      images: [picture],
      imageUrls: [`/v1/files/${picture}`],
      thumbnailUrls: [`/v1/files/${picture}/thumbnail`],
      clinic: { id: clinicId, name: 'Good Paws', verified: true },
      externalSource: { url: 'https://www.facebook.com/rescue.sofia/posts/1', platform: 'facebook', title: 'facebook.com/rescue.sofia/posts/1', thumbnailUrl: null },
      creator: { id: mila.id, name: 'mila', avatar: null, verificationLevel: 'unverified' },
      canManageCase: true,
      isDonationAllowed: true,
      donationBlockReason: null,
      translationAvailable: false,
      translations: {},
      translationStatus: {},
      updates: [],
      viewer: { liked: false, saved: false, endorsed: false },
      likesCount: 0,
      commentsCount: 0,
      endorsementsCount: 0,
      hiddenAt: null,
      version: 1,
    });
    expect(answer.body.createdAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('tells the rest of the system', async () => {
    const { id } = await publishCase<CaseView>(app, (await app.signIn('news@example.org')).token);
    const [event] = await app.sql<{ payload: unknown }>(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.case.published.v1' AND payload->>'caseId' = $1`, [id]);
    expect(event?.payload).toMatchObject({ caseId: id, cityKey: 'sofia', type: 'urgent', category: 'medical' });
  });

  it('takes the language of the person who names none', async () => {
    const person = await app.signIn('bulgarian@example.org');
    await app.sql(
      `INSERT INTO identity.user_settings (user_id, email_notifications, push_notifications, donation_reminders, marketing_emails, language, currency, updated_at)
       VALUES ($1, true, true, true, false, 'bg', 'EUR', now())`,
      [person.id],
    );
    await expect(publishCase<CaseView>(app, person.token)).resolves.toMatchObject({ language: 'bg' });
    await expect(publishCase<CaseView>(app, person.token, { language: 'uk' })).resolves.toMatchObject({ language: 'uk' });
  });

  it('refuses guests', async () => {
    await expect(app.post('/v1/cases', { body: caseBody({ images: [picture] }) })).resolves.toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });

  const place = { city: 'Sofia', neighborhood: 'Center' };
  it.each<[string, Record<string, unknown>]>([
    ['type', { type: 'mild' }],
    ['category', { category: 'toys' }],
    ['language', { language: 'Bulgarian' }],
    ['title', { title: '   ' }],
    ['title', { title: 'x'.repeat(141) }],
    ['description', { description: '' }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['story', { story: 'x'.repeat(10_001) }],
    ['images', { images: [] }],
    ['images', { images: ['cat.jpg'] }],
    ['images', { images: Array.from({ length: 11 }, newId) }],
    ['images', { images: [newId()] }],
    ['location', { location: undefined }],
    ['location.city', { location: { ...place, city: 'x'.repeat(81) } }],
    ['location.neighborhood', { location: { city: 'Sofia' } }],
    ['location.coordinates.lat', { location: { ...place, coordinates: { lat: 90.1, lng: 0 } } }],
    ['location.coordinates.lng', { location: { ...place, coordinates: { lat: 1, lng: -180.1 } } }],
    ['location.coordinates.lng', { location: { ...place, coordinates: { lat: 1 } } }],
    ['fundraising.goal', { fundraising: { goal: 0, currency: 'EUR' } }],
    ['fundraising.goal', { fundraising: { goal: 100_000_001, currency: 'EUR' } }],
    ['fundraising.goal', { fundraising: { goal: 10.5, currency: 'EUR' } }],
    ['fundraising.goal', { fundraising: { goal: '1000', currency: 'EUR' } }],
    ['fundraising.currency', { fundraising: { goal: 1_000, currency: 'eur' } }],
    ['fundraising.currency', { fundraising: { goal: 1_000, currency: 'QQQ' } }],
    ['clinicId', { clinicId: newId() }],
    ['foundAt', { foundAt: undefined }],
    ['foundAt', { foundAt: 'yesterday' }],
    ['foundAt', { foundAt: '2026-13-01T00:00:00Z' }],
    ['foundAt', { foundAt: new Date(Date.now() + 10 * 60_000).toISOString() }],
    ['externalSourceUrl', { externalSourceUrl: 'ftp://example.org/x' }],
    ['externalSourceUrl', { externalSourceUrl: 'https://127.0.0.1/admin' }],
    ['externalSourceUrl', { externalSourceUrl: 'https://user:secret@facebook.com/x' }],
    ['status', { status: 'funded' }],
    ['verificationStatus', { verificationStatus: 'clinic' }],
  ])('refuses a bad %s: %j', async (path, fields) => {
    const answer = await app.post<{ errors: { path: string }[] }>('/v1/cases', { token: mila.token, body: caseBody({ images: [picture], ...fields }) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    expect(answer.body.errors.map((error) => error.path)).toContain(path);
  });

  it('takes values at their limits', async () => {
    const person = await app.signIn('limits@example.org');
    await app.sql(`UPDATE identity.users SET created_at = now() - interval '30 days' WHERE id = $1`, [person.id]);
    const images: string[] = [];
    for (let i = 0; i < 10; i++) images.push(await uploadPicture(app, person.token));
    const published = await publishCase<CaseView>(app, person.token, {
      title: 'т'.repeat(140),
      description: 'x'.repeat(2_000),
      story: 'x'.repeat(10_000),
      images,
      location: { city: 'c'.repeat(80), neighborhood: 'n'.repeat(80) },
      fundraising: { goal: 100_000_000, currency: 'JPY' },
      foundAt: new Date(Date.now() + 2 * 60_000).toISOString(),
    });
    expect(published).toMatchObject({ images, fundraising: { goal: 100_000_000, currency: 'JPY' }, riskLevel: 'low' });
  });

  it('refuses pictures that somebody else uploaded', async () => {
    const thief = await app.signIn('thief@example.org');
    const answer = await app.post('/v1/cases', { token: thief.token, body: caseBody({ images: [picture] }) });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'images' }] } });
  });

  it('stops after five an hour, and counts no refusal', async () => {
    const person = await app.signIn('eager@example.org');
    const image = await uploadPicture(app, person.token);
    for (let i = 0; i < 3; i++) await app.post('/v1/cases', { token: person.token, body: caseBody({ title: '' }) });
    for (let i = 0; i < 5; i++) await publishCase(app, person.token, { images: [image] });
    const sixth = await app.post('/v1/cases', { token: person.token, body: caseBody({ images: [image] }) });
    expect(sixth).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'case.create' } });
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  describe('looks at the risk', () => {
    const goal = (amount: number): Record<string, unknown> => ({ fundraising: { goal: amount, currency: 'EUR' } });

    it('flags a new account with a high goal and no history, and says why in the audit log', async () => {
      const person = await app.signIn('stranger@example.org');
      const published = await publishCase<CaseView>(app, person.token, goal(200_001));
      expect(published).toMatchObject({ riskLevel: 'medium', riskFlags: ['new_account', 'high_goal'], isDonationAllowed: true });
      const rows = await app.sql<{ actor_kind: string; metadata_json: unknown }>(`SELECT actor_kind, metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case.risk_changed'`, [published.id]);
      await expect(app.sql(`SELECT rule, level, flags, evidence, settled_at FROM rescue.case_risk_points WHERE case_id = $1`, [published.id])).resolves.toMatchObject([
        { rule: 'new_account_high_goal', level: 'medium', flags: ['new_account', 'high_goal'], evidence: { goal: 200_001, highGoalMinor: 200_000 }, settled_at: null },
      ]);
      expect(rows).toMatchObject([{ actor_kind: 'system', metadata_json: { rule: 'new_account_high_goal', after: { riskLevel: 'medium' }, evidence: { goal: 200_001, accountAgeDays: 0 } } }]);
    });

    it('flags a goal that an edit raises, once for each raise', async () => {
      const person = await app.signIn('riser@example.org');
      const { id } = await publishCase<CaseView>(app, person.token, goal(200_000));
      const edit = (body: Record<string, unknown>): Promise<{ body: CaseView }> => app.patch<CaseView>(`/v1/cases/${id}`, { token: person.token, body });
      expect((await edit({ title: 'Rex needs more' })).body).toMatchObject({ riskLevel: 'low' });
      expect((await edit(goal(200_001))).body).toMatchObject({ riskLevel: 'medium', riskFlags: ['new_account', 'high_goal'] });
      await edit(goal(200_001));
      const points = (): Promise<unknown[]> => app.sql(`SELECT evidence->'goal' AS goal FROM rescue.case_risk_points WHERE case_id = $1`, [id]);
      expect(await points()).toEqual([{ goal: 200_001 }]);
    });

    it.each([
      ['the goal is not above the threshold', 200_000, '0 days', 0],
      ['the account is a week old', 300_000, '7 days', 0],
      ['there is an earlier case', 300_000, '0 days', 1],
    ])('leaves it low when %s', async (title, amount, age, earlier) => {
      const person = await app.signIn(`${title.replaceAll(' ', '-')}@example.org`);
      await app.sql(`UPDATE identity.users SET created_at = now() - $2::interval WHERE id = $1`, [person.id, age]);
      for (let i = 0; i < earlier; i++) await publishCase(app, person.token);
      await expect(publishCase<CaseView>(app, person.token, goal(amount))).resolves.toMatchObject({ riskLevel: 'low', riskFlags: [] });
    });
  });
});
