import { insertCampaign } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { CampaignPage, CampaignView } from './campaigns.dto.js';

describe('campaigns', () => {
  let app: TestApp;
  const at = (minute: number): Date => new Date(Date.UTC(2026, 5, 1, 12, minute));
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    app = await TestApp.start();
    ids['rescue'] = await insertCampaign(app, { created_at: at(1), current: 125_000 });
    ids['done'] = await insertCampaign(app, { created_at: at(2), status: 'completed', completed_at: at(9) });
    ids['cancelled'] = await insertCampaign(app, { created_at: at(3), status: 'cancelled', campaign_type: 'initiative' });
    ids['drone'] = await insertCampaign(app, { created_at: at(4), campaign_type: 'initiative', initiative_category: 'drone', initiative_key: 'drone', featured_initiative: true, end_date: '2026-12-31' });
    ids['meals'] = await insertCampaign(app, { created_at: at(5), campaign_type: 'initiative', initiative_category: 'other', unit: 'meals', goal: 300, current: 450 });
  });
  afterAll(() => app.stop());

  const list = async (query = ''): Promise<string[]> => (await app.get<CampaignPage>(`/v1/campaigns${query}`)).body.items.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id)!);

  it.each([
    ['', ['meals', 'drone', 'done', 'rescue']],
    ['?status=active', ['meals', 'drone', 'rescue']],
    ['?status=completed', ['done']],
    ['?campaignType=rescue', ['done', 'rescue']],
    ['?campaignType=initiative&status=active', ['meals', 'drone']],
    ['/featured', ['drone', 'meals']],
  ])('are listed by%s, newest first, without cancelled ones', async (query, names) => {
    await expect(list(query)).resolves.toEqual(names);
  });

  it('come in pages', async () => {
    const { body } = await app.get<CampaignPage>('/v1/campaigns?limit=3');
    expect(body.items).toHaveLength(3);
    await expect(list(`?limit=3&cursor=${body.nextCursor}`)).resolves.toEqual(['rescue']);
  });

  it.each(['?status=open', '?campaignType=drone', '?limit=0', '?cursor=x'])('refuse %s', async (query) => {
    await expect(app.get(`/v1/campaigns${query}`)).resolves.toMatchObject({ status: 400 });
  });

  it('show a cancelled one to admins only', async () => {
    const admin = await app.signIn('admin@example.org', 'admin');
    const seen = async (path: string, token?: string): Promise<string[]> => (await app.get<CampaignPage>(path, { token })).body.items.map(({ id }) => id);
    await expect(seen('/v1/campaigns?status=cancelled')).resolves.toEqual([]);
    await expect(seen('/v1/campaigns?status=cancelled', admin.token)).resolves.toEqual([ids['cancelled']]);
    await expect(seen('/v1/campaigns', admin.token)).resolves.toContain(ids['cancelled']);
    for (const suffix of ['', '/ledger']) await expect(app.get(`/v1/campaigns/${ids['cancelled']}${suffix}`, { token: admin.token })).resolves.toMatchObject({ status: 200 });
  });

  it('show their progress, which may pass the goal, and what they count', async () => {
    await expect(app.get(`/v1/campaigns/${ids['rescue']}`)).resolves.toMatchObject({ status: 200, body: { current: 125_000, goal: 500_000, progressPercent: 25, currency: 'EUR', endDate: null } });
    await expect(app.get(`/v1/campaigns/${ids['meals']}`)).resolves.toMatchObject({ body: { progressPercent: 150, surplus: 150, unit: 'meals', currency: null } });
    await expect(app.get(`/v1/campaigns/${ids['drone']}`)).resolves.toMatchObject({ body: { endDate: '2026-12-31', initiativeKey: 'drone' } });
  });

  it('name the cases that they are for, without hidden ones', async () => {
    const [shown, hidden] = [await insertCase(app), await insertCase(app, { hidden_at: new Date() })];
    for (const caseId of [shown, hidden]) await app.sql(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) VALUES ($1, $2, now())`, [ids['rescue'], caseId]);
    const { body } = await app.get<CampaignView>(`/v1/campaigns/${ids['rescue']}`);
    expect(body.caseIds).toEqual([shown]);
  });

  it.each(['', '/ledger'])('are not there%s when cancelled or unknown', async (suffix) => {
    for (const id of [ids['cancelled'], newId()]) await expect(app.get(`/v1/campaigns/${id}${suffix}`)).resolves.toMatchObject({ status: 404, body: { code: 'CAMPAIGN_NOT_FOUND' } });
    await expect(app.get(`/v1/campaigns/drone${suffix}`)).resolves.toMatchObject({ status: 400 });
  });

  it('feature three initiatives at most, featured ones first', async () => {
    const more = [await insertCampaign(app, { created_at: at(6), campaign_type: 'initiative' }), await insertCampaign(app, { created_at: at(7), campaign_type: 'initiative' })];
    const { body } = await app.get<CampaignPage>('/v1/campaigns/featured');
    expect(body.items.map(({ id }) => id)).toEqual([ids['drone'], more[1], more[0]]);
  });

  it('have a statement, empty at first', async () => {
    await expect(app.get(`/v1/campaigns/${ids['drone']}/ledger`)).resolves.toMatchObject({ status: 200, body: { currency: 'EUR', items: [], totals: { raised: 0, held: 0 } } });
  });
});
