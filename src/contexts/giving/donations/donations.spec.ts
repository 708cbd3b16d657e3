import { insertCampaign, insertDonation } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { DonationPage, DonationView } from './donations.dto.js';

describe('reading donations', () => {
  let app: TestApp;
  let donor: { token: string; id: string };
  let stranger: { token: string; id: string };
  let people = 0;
  beforeAll(async () => {
    app = await TestApp.start();
    stranger = await app.signIn('stranger@example.org');
  });
  afterAll(() => app.stop());
  beforeEach(async () => (donor = await app.signIn(`donor${++people}@example.org`)));

  const completed = (columns: Record<string, unknown>): Promise<string> =>
    insertDonation(app, { user_id: donor.id, status: 'completed', completed_at: new Date(), receipt_id: `PT-${newId().slice(-8).toUpperCase()}`, ...columns });

  it('lists one’s own, newest first, in pages, with what they were for', async () => {
    const caseId = await insertCase(app, { title: 'Bella', images: [newId()] });
    const campaignId = await insertCampaign(app);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await completed({ case_id: caseId, created_at: new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(i / 2))) }));
    ids.unshift(await insertDonation(app, { user_id: donor.id, campaign_ref_id: campaignId }));
    await insertDonation(app, { user_id: stranger.id, case_id: caseId });

    const seen: DonationView[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await app.get<DonationPage>(`/v1/me/donations?limit=4${cursor}`, { token: donor.token });
      seen.push(...body.items);
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen.map(({ id }) => id)).toEqual(ids);
    expect(seen[0]).toMatchObject({ status: 'pending', campaign: { title: 'A warm winter for 40 dogs' }, case: null, donationKind: 'one_time' });
    expect(seen[1]).toMatchObject({ status: 'completed', case: { title: 'Bella', imageUrl: expect.stringMatching(/^\/v1\/files\/[0-9a-f-]{36}$/) }, userId: donor.id });
  });

  it('sums what was completed: every currency apart, each animal once, refunds off', async () => {
    const [a, b] = [await insertCase(app), await insertCase(app, { fundraising_currency: 'JPY' })];
    await completed({ case_id: a, amount: 1_000 });
    await completed({ case_id: a, amount: 2_000, refunded_amount: 500, anonymous: true });
    await completed({ case_id: b, amount: 5_000, currency: 'JPY' });
    await insertDonation(app, { user_id: donor.id, case_id: a, amount: 9_000 });
    await insertDonation(app, { user_id: donor.id, case_id: a, status: 'failed', failed_at: new Date(), amount: 9_000 });
    const { body } = await app.get('/v1/me/donations/stats', { token: donor.token });
    expect(body).toEqual({ totalDonations: 3, totals: [{ amount: 2_500, currency: 'EUR' }, { amount: 5_000, currency: 'JPY' }], totalAmount: 2_500, currency: 'EUR', animalsHelped: 2 });
    await expect(app.sql(`SELECT public_donations, public_amount FROM giving.donor_totals WHERE user_id = $1 AND currency = 'EUR'`, [donor.id])).resolves.toEqual([{ public_donations: 1, public_amount: '1000' }]);
  });

  it('is zero for who gave nothing', async () => {
    const { body } = await app.get('/v1/me/donations/stats', { token: donor.token });
    expect(body).toEqual({ totalDonations: 0, totals: [], totalAmount: 0, currency: 'EUR', animalsHelped: 0 });
  });

  it('shows one donation to its donor and to admins, not to others', async () => {
    const id = await completed({ case_id: await insertCase(app), message: 'for Bella', anonymous: true });
    const admin = await app.signIn('admin@example.org', 'admin');
    for (const { token } of [donor, admin]) await expect(app.get(`/v1/donations/${id}`, { token })).resolves.toMatchObject({ status: 200, body: { id, message: 'for Bella' } });
    await expect(app.get(`/v1/donations/${id}`, { token: stranger.token })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await expect(app.get(`/v1/donations/${newId()}`, { token: donor.token })).resolves.toMatchObject({ status: 404, body: { code: 'DONATION_NOT_FOUND' } });
    await expect(app.get('/v1/donations/7', { token: donor.token })).resolves.toMatchObject({ status: 400 });
  });

  it.each(['/v1/me/donations', '/v1/me/donations/stats', `/v1/donations/${newId()}`])('needs a session for %s', async (path) => {
    await expect(app.get(path)).resolves.toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });
});
