import { StaffAccountsService } from '../../src/backoffice/staff/staff-accounts.service.js';
import { newId } from '../../src/platform/ids.js';
import { STAFF_ROLES } from '../../src/platform/backoffice/index.js';
import { insertCampaign } from './giving.factory.js';
import { insertClinic, publishCase } from './rescue.factory.js';
import { PASSWORD } from './staff-client.js';
import type { TestApp } from './test-app.js';

/** What a test of the whole back office has to look at. */
export interface DeskRows {
  caseId: string;
  updateId: string;
  commentId: string;
  donationId: string;
  /** The donor, who gave anonymously. */
  donorId: string;
}

/** Puts rows into every table, through the API where it can, and makes an account for each role of staff: `finance@example.org`. */
export async function fillEveryTable(app: TestApp): Promise<DeskRows> {
  const owner = await app.signIn('owner@example.org');
  const donor = await app.signIn('donor@example.org');
  const clinicId = await insertClinic(app, { ownerId: owner.id });
  const { id: caseId } = await publishCase<{ id: string }>(app, owner.token, { clinicId, externalSourceUrl: 'https://www.facebook.com/rex/posts/1' });
  const update = await app.post<{ id: string }>(`/v1/cases/${caseId}/updates`, { token: owner.token, body: { text: 'He eats again.' } });
  await app.put(`/v1/cases/${caseId}/like`, { token: donor.token });
  await app.put(`/v1/cases/${caseId}/save`, { token: donor.token });
  await app.put(`/v1/cases/${caseId}/endorsement`, { token: donor.token });
  const comment = await app.post<{ id: string }>(`/v1/cases/${caseId}/comments`, { token: donor.token, body: { content: 'Get well!' } });
  await app.put(`/v1/users/${owner.id}/follow`, { token: donor.token });
  await app.put('/v1/me/settings', { token: donor.token, body: { language: 'bg' } });
  const donationId = await give(app, donor.token, caseId);
  await insertRest(app, { caseId, donorId: donor.id, donationId, campaignId: await insertCampaign(app) });
  await app.drain();

  const staff = app.app.get(StaffAccountsService, { strict: false });
  for (const role of STAFF_ROLES) {
    await staff.create({ id: newId(), email: `${role}@example.org`, name: `The ${role}`, password: PASSWORD, role });
  }
  return { caseId, updateId: update.body.id, commentId: comment.body.id, donationId, donorId: donor.id };
}

async function give(app: TestApp, token: string, caseId: string): Promise<string> {
  const { body } = await app.post<{ donationId: string; checkoutUrl: string }>('/v1/donations/checkout-sessions', {
    token,
    headers: { 'Idempotency-Key': newId() },
    body: { caseId, amount: 2_550, currency: 'EUR', anonymous: true, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` },
  });
  await app.post(`${new URL(body.checkoutUrl).pathname}/pay`);
  for (let tries = 0; tries < 200; tries++) {
    const [row] = await app.sql<{ processor_fee_amount: string | null }>(`SELECT processor_fee_amount FROM giving.donations WHERE id = $1`, [body.donationId]);
    if (row?.processor_fee_amount) return body.donationId;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the donation was never settled');
}

/** What no endpoint writes yet. */
async function insertRest(app: TestApp, { caseId, donorId, campaignId, donationId }: { caseId: string; donorId: string; campaignId: string; donationId: string }): Promise<void> {
  await app.sql(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) VALUES ($1, $2, now())`, [campaignId, caseId]);
  await app.sql(`INSERT INTO rescue.case_translations (case_id, locale, status, title, updated_at) VALUES ($1, 'bg', 'done', 'Рекс', now())`, [caseId]);
  await app.sql(
    `INSERT INTO directory.pet_services (id, name, type, city, city_key, address, phone, created_at, updated_at) VALUES ($1, 'Happy Tails', 'grooming', 'Sofia', 'sofia', 'x', '123456', now(), now())`,
    [newId()],
  );
  await app.sql(
    `INSERT INTO rescue.case_risk_points (id, case_id, rule, level, flags, evidence, created_at) VALUES ($1, $2, 'duplicate_images', 'high', '{reused_images}', '{"distance": 0}', now())`,
    [newId(), caseId],
  );
  await app.sql(
    `INSERT INTO trust.review_items (id, kind, source_id, target_context, target_type, target_id, priority, opened_at, first_response_due_at, resolution_due_at, due_at)
     VALUES ($1, 'case_report', $2, 'rescue', 'case', $3, 2, now(), now(), now(), now())`,
    [newId(), newId(), caseId],
  );
  await app.sql(`INSERT INTO engagement.achievements (id, user_id, type, unlocked_at) VALUES ($1, $2, 'first_donation', now())`, [newId(), donorId]);
  await app.sql(`INSERT INTO giving.refunds (id, donation_id, amount, currency, status, status_at, reason, origin, created_at, updated_at) VALUES ($1, $2, 50, 'EUR', 'failed', now(), 'Paid twice', 'staff', now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO giving.disputes (id, stripe_dispute_id, donation_id, amount, currency, status, status_at, reason, opened_at, closed_at, updated_at) VALUES ($1, 'du_1', $2, 2550, 'EUR', 'warning_closed', now(), 'fraudulent', now(), now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO giving.stripe_payouts (id, stripe_payout_id, amount, currency, status, created_at, updated_at) VALUES ($1, 'po_1', 5000, 'EUR', 'pending', now(), now())`, [newId()]);
  await app.sql(`INSERT INTO platform.alerts (id, kind, subject, details, raised_at, last_seen_at) VALUES ($1, 'giving.fraud_warning', $2, '{}', now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO identity.erased_identities (clerk_id_digest, erased_at) VALUES ('00ff', now())`);
}
