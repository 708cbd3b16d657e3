import { TestApp } from '../../../../test/support/test-app.js';
import { ACHIEVEMENT_TYPES, BADGES } from './achievements.catalogue.js';

describe('the volunteer badge', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ VOLUNTEER_BADGE_AT_ONBOARDING: 'true' });
  });
  afterAll(() => app.stop());

  it('is given once at onboarding where the switch asks for it, audited', async () => {
    const { token, id } = await app.signIn('volunteer@example.com');
    for (let i = 0; i < 2; i++) await app.post('/v1/me/onboarding', { token, body: { userType: 'volunteer' } });
    await app.drain();
    expect((await app.get('/v1/me/achievements', { token })).body).toMatchObject({ items: [{ type: 'verified_volunteer', title: 'Verified Volunteer' }], nextCursor: null });
    expect(await app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'achievement.awarded'`)).toEqual([{ metadata_json: { userId: id, type: 'verified_volunteer' } }]);
  });

  it('is not for other personas', async () => {
    const { token } = await app.signIn('explorer@example.com');
    await app.post('/v1/me/onboarding', { token, body: { userType: 'exploring' } });
    await app.drain();
    expect((await app.get('/v1/me/achievements', { token })).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('the catalogue of badges', () => {
  it('tells every kind of badge with words and one emoji', () => {
    expect(ACHIEVEMENT_TYPES).toHaveLength(20);
    for (const type of ACHIEVEMENT_TYPES) {
      expect(BADGES[type].title).not.toBe('');
      expect([...new Intl.Segmenter().segment(BADGES[type].icon)]).toHaveLength(1);
    }
  });
});
