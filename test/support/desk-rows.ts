import { StaffAccountsService } from '../../src/backoffice/staff/staff-accounts.service.js';
import { newId } from '../../src/platform/ids.js';
import { STAFF_ROLES } from '../../src/platform/backoffice/index.js';
import { insertCampaign } from './giving.factory.js';
import { insertClinic, insertPetService, publishCase, uploadPicture } from './rescue.factory.js';
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
  /** A report of the case that waits, by the donor. */
  reportId: string;
  /** The owner's appeal against a warning, which waits. */
  appealId: string;
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
  const { reportId, appealId } = await moderate(app, { caseId, owner, donor });
  const donationId = await give(app, donor.token, caseId);
  await support(app, donor.token, caseId);
  await payInvoice(app, { token: owner.token, caseId, clinicId });
  await directory(app, { caseId, owner, donor });
  await insertRest(app, { caseId, donorId: donor.id, donationId, campaignId: await insertCampaign(app) });
  for (const path of [`clinics/${await insertClinic(app)}`, `pet-services/${await insertPetService(app)}`]) {
    await app.post(`/v1/${path}/claims`, { token: donor.token, body: { claimerRole: 'Owner', claimerEmail: 'donor@example.org' } });
  }
  await app.drain();

  const staff = app.app.get(StaffAccountsService, { strict: false });
  for (const role of STAFF_ROLES) {
    await staff.create({ id: newId(), email: `${role}@example.org`, name: `The ${role}`, password: PASSWORD, role });
  }
  return { caseId, updateId: update.body.id, commentId: comment.body.id, donationId, donorId: donor.id, reportId, appealId };
}

/** A volunteer who did something and is asked for a transport, and an animal that somebody would take in. */
async function directory(app: TestApp, { caseId, owner, donor }: { caseId: string; owner: { token: string }; donor: { token: string } }): Promise<void> {
  const admin = await app.signIn('admin@example.org', 'admin');
  const volunteer = await app.post<{ id: string }>('/v1/volunteers', { token: donor.token, body: { city: 'Sofia', capabilities: ['transport'] } });
  await app.post(`/v1/admin/volunteers/${volunteer.body.id}/activities`, { token: admin.token, body: { kind: 'transport', hours: 1.5, caseId } });
  await app.post(`/v1/cases/${caseId}/transport-requests`, { token: owner.token });
  const listing = await app.post<{ id: string }>('/v1/adoptions', {
    token: owner.token,
    body: { animalType: 'dog', name: 'Sharo', age: '2 years', description: 'Calm.', images: [await uploadPicture(app, owner.token)], location: { city: 'Sofia', neighborhood: 'Lozenets' } },
  });
  await app.post(`/v1/adoptions/${listing.body.id}/interest`, { token: donor.token });
}

/** A report that led to a warning, the owner's appeal against it, and another report that waits. */
async function moderate(app: TestApp, { caseId, owner, donor }: { caseId: string; owner: { token: string }; donor: { token: string } }): Promise<{ reportId: string; appealId: string }> {
  const admin = await app.signIn('admin@example.org', 'admin');
  const report = async (): Promise<string> => (await app.post<{ id: string }>(`/v1/cases/${caseId}/reports`, { token: donor.token, body: { reason: 'other' } })).body.id;
  await app.post(`/v1/admin/reports/${await report()}/resolution`, { token: admin.token, body: { action: 'warn_user' } });
  const decisions = await app.get<{ items: { id: string }[] }>('/v1/me/decisions', { token: owner.token });
  const appeal = await app.post<{ id: string }>(`/v1/decisions/${decisions.body.items[0]!.id}/appeals`, { token: owner.token, body: { text: 'Here is the invoice.' } });
  return { reportId: await report(), appealId: appeal.body.id };
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

/** A month's support, with its first payment and the card that it is paid with. */
async function support(app: TestApp, token: string, caseId: string): Promise<void> {
  const { body } = await app.post<{ checkoutUrl: string }>('/v1/subscriptions', {
    token,
    body: { targetType: 'case', targetId: caseId, amount: 1_000, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` },
  });
  await app.post(`${new URL(body.checkoutUrl).pathname}/pay`);
  for (let tries = 0; tries < 200; tries++) {
    const { body: methods } = await app.get<{ items: unknown[] }>('/v1/me/payment-methods', { token });
    if (methods.items.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the support was never paid');
}

/** An invoice, its two approvals and its payout, and the partner that staff keep beside them. */
async function payInvoice(app: TestApp, { token, caseId, clinicId }: { token: string; caseId: string; clinicId: string }): Promise<void> {
  const body = { amount: 1_000, currency: 'EUR', clinicId, fileId: await uploadPicture(app, token) };
  const { body: invoice } = await app.post<{ id: string }>(`/v1/cases/${caseId}/invoices`, { token, body });
  const admins = await Promise.all(['first', 'second'].map((name) => app.signIn(`${name}-approver@example.org`, 'admin')));
  for (const admin of admins) await app.post(`/v1/admin/invoices/${invoice.id}/approvals`, { token: admin.token });
  await app.post(`/v1/admin/invoices/${invoice.id}/payout`, { token: admins[0]!.token, body: { reference: 'SEPA-1' } });
  const partner = { name: 'Happy Bowl', logo: 'https://example.org/logo.png', type: 'food-brand', contribution: 'Food', description: 'A shop.', since: '2024' };
  await app.post('/v1/admin/partners', { token: admins[0]!.token, body: partner });
}

/** What no endpoint writes yet. */
async function insertRest(app: TestApp, { caseId, donorId, campaignId, donationId }: { caseId: string; donorId: string; campaignId: string; donationId: string }): Promise<void> {
  await app.sql(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) VALUES ($1, $2, now())`, [campaignId, caseId]);
  await app.sql(`INSERT INTO rescue.case_translations (case_id, locale, status, title, updated_at) VALUES ($1, 'bg', 'done', 'Рекс', now())`, [caseId]);
  await app.sql(
    `INSERT INTO rescue.case_risk_points (id, case_id, rule, level, flags, evidence, created_at) VALUES ($1, $2, 'duplicate_images', 'high', '{reused_images}', '{"distance": 0}', now())`,
    [newId(), caseId],
  );
  await app.sql(
    `INSERT INTO trust.community_reports (id, target_type, target_id, target_owner_id, reason, reporter_id, status, created_at) VALUES ($1, 'case_comment', $2, $3, 'spam', $3, 'closed', now())`,
    [newId(), newId(), donorId],
  );
  await app.sql(`INSERT INTO engagement.achievements (id, user_id, type, unlocked_at) VALUES ($1, $2, 'first_donation', now())`, [newId(), donorId]);
  await app.sql(`INSERT INTO giving.refunds (id, donation_id, amount, currency, status, status_at, reason, origin, created_at, updated_at) VALUES ($1, $2, 50, 'EUR', 'failed', now(), 'Paid twice', 'staff', now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO giving.disputes (id, stripe_dispute_id, donation_id, amount, currency, status, status_at, reason, opened_at, closed_at, updated_at) VALUES ($1, 'du_1', $2, 2550, 'EUR', 'warning_closed', now(), 'fraudulent', now(), now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO giving.stripe_payouts (id, stripe_payout_id, amount, currency, status, created_at, updated_at) VALUES ($1, 'po_1', 5000, 'EUR', 'pending', now(), now())`, [newId()]);
  await app.sql(`INSERT INTO platform.alerts (id, kind, subject, details, raised_at, last_seen_at) VALUES ($1, 'giving.fraud_warning', $2, '{}', now(), now())`, [newId(), donationId]);
  await app.sql(`INSERT INTO identity.erased_identities (clerk_id_digest, erased_at) VALUES ('00ff', now())`);
}
