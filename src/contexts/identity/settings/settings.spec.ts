import { TestApp } from '../../../../test/support/test-app.js';

const DEFAULTS = { emailNotifications: true, pushNotifications: true, donationReminders: true, marketingEmails: false, language: 'en', currency: 'EUR' };

describe('/v1/me/settings', () => {
  let app: TestApp;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const someone = () => app.signIn(`person${++n}@example.com`);
  const stored = (id: string) => app.sql(`SELECT language FROM identity.user_settings WHERE user_id = $1`, [id]);

  it('answers the defaults without writing them', async () => {
    const { token, id } = await someone();
    expect(await app.get('/v1/me/settings', { token })).toMatchObject({ status: 200, body: DEFAULTS });
    expect(await stored(id)).toEqual([]);
  });

  it('stores what is given beside the defaults, and audits the names of the fields only', async () => {
    const { token, id } = await someone();
    const answer = await app.put('/v1/me/settings', { token, body: { language: 'bg', marketingEmails: true, currency: 'bgn', emailNotifications: true } });
    expect(answer).toMatchObject({ status: 200, body: { ...DEFAULTS, language: 'bg', marketingEmails: true, currency: 'BGN' } });
    expect((await app.get('/v1/me/settings', { token })).body).toEqual(answer.body);
    expect(await app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'settings.updated' AND entity_id = $1`, [id])).toEqual([{ metadata_json: { fields: ['marketingEmails', 'language', 'currency'] } }]);
  });

  it('does not audit what changes nothing', async () => {
    const { token, id } = await someone();
    await app.put('/v1/me/settings', { token, body: DEFAULTS });
    expect(await app.sql(`SELECT 1 FROM platform.audit_logs WHERE action = 'settings.updated' AND entity_id = $1`, [id])).toEqual([]);
  });

  it('keeps every change of simultaneous first writes', async () => {
    const { token } = await someone();
    await Promise.all([
      app.put('/v1/me/settings', { token, body: { language: 'uk' } }),
      app.put('/v1/me/settings', { token, body: { marketingEmails: true } }),
      app.put('/v1/me/settings', { token, body: { pushNotifications: false } }),
    ]);
    expect((await app.get('/v1/me/settings', { token })).body).toEqual({ ...DEFAULTS, language: 'uk', marketingEmails: true, pushNotifications: false });
  });

  it.each([{ language: 'fr' }, { language: null }, { currency: 'XXQ' }, { currency: 7 }, { emailNotifications: 'yes' }, { theme: 'dark' }])('refuses %j', async (body) => {
    const { token } = await someone();
    expect(await app.put('/v1/me/settings', { token, body })).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it.each(['GET', 'PUT'])('refuses guests: %s', async (method) => {
    expect((await app.call(method, '/v1/me/settings')).status).toBe(401);
  });

  it('shows everyone their own', async () => {
    const [one, other] = [await someone(), await someone()];
    await app.put('/v1/me/settings', { token: one.token, body: { language: 'de' } });
    expect((await app.get('/v1/me/settings', { token: other.token })).body['language']).toBe('en');
  });
});
