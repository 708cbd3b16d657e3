import { Stripe } from 'stripe';
import { donationRow, insertDonation } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { PaymentsSandboxAddress } from '../payments-sandbox/index.js';
import type { CheckoutSessionView } from './donations.dto.js';
import { ProcessorFeeService } from './processor-fee.service.js';
import { ReconciliationService } from './reconciliation.service.js';

/** The sandbox signs with another secret here, so that no webhook gets through: only asking helps. */
describe('donations that no event has settled', () => {
  let app: TestApp;
  let donor: { token: string; id: string };
  let stripe: Stripe;
  let caseId: string;
  beforeAll(async () => {
    app = await TestApp.start();
    donor = await app.signIn('donor@example.org');
    caseId = await insertCase(app);
    const { port } = new URL(app.app.get(PaymentsSandboxAddress, { strict: false }).apiBase);
    const [secret] = await app.sql<{ value: string }>(`SELECT value FROM platform.installation_secrets WHERE name = 'payments_sandbox.secret_key'`);
    stripe = new Stripe(secret!.value, { host: '127.0.0.1', port, protocol: 'http' });
    await app.sql(`CREATE FUNCTION sandbox.mute() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.next_attempt_at = NULL; RETURN NEW; END'`);
    await app.sql(`CREATE TRIGGER mute BEFORE INSERT ON sandbox.events FOR EACH ROW EXECUTE FUNCTION sandbox.mute()`);
  });
  afterAll(() => app.stop());

  let amount = 1_000;
  /** Opens a checkout and makes its donation look `hours` old. */
  async function pending(hours: number): Promise<{ id: string; session: string }> {
    const { body } = await app.post<CheckoutSessionView>('/v1/donations/checkout-sessions', {
      token: donor.token,
      body: { caseId, amount: (amount += 100), currency: 'EUR', anonymous: false, successUrl: `${app.url}/a`, cancelUrl: `${app.url}/b` },
    });
    const [row] = await app.sql<{ session: string }>(
      `UPDATE giving.donations SET created_at = created_at - make_interval(hours => $2) WHERE id = $1 RETURNING stripe_checkout_session_id AS session`,
      [body.donationId, hours],
    );
    return { id: body.donationId, session: row!.session };
  }
  const act = (session: string, what: string): Promise<unknown> => stripe.rawRequest('POST', `/v1/test_helpers/checkout/sessions/${session}/${what}`);
  const reconcile = (): Promise<number> => app.app.get(ReconciliationService, { strict: false }).reconcilePending();
  const statusOf = async (id: string): Promise<string> => (await donationRow(app, id)).status;

  it('complete when the provider says that they were paid', async () => {
    const { id, session } = await pending(1);
    await act(session, 'pay');
    await expect(reconcile()).resolves.toBe(1);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'completed', stripe_payment_intent_id: expect.stringMatching(/^pi_/) });
    await expect(reconcile()).resolves.toBe(0);
  });

  it('are left alone while they are young, or open within the day, or a debit on its way', async () => {
    const young = await pending(0);
    await act(young.session, 'pay');
    const open = await pending(5);
    const debit = await pending(30);
    await act(debit.session, 'pay_later');
    await reconcile();
    for (const { id } of [young, open, debit]) await expect(statusOf(id)).resolves.toBe('pending');
  });

  it('fail after a day, with their checkout closed', async () => {
    const { id, session } = await pending(25);
    await reconcile();
    await expect(statusOf(id)).resolves.toBe('failed');
    await expect(stripe.checkout.sessions.retrieve(session)).resolves.toMatchObject({ status: 'expired' });
  });

  it('fail when the checkout expired, and after a day when there never was one', async () => {
    const expired = await pending(1);
    await act(expired.session, 'expire');
    const never = await insertDonation(app, { user_id: donor.id, case_id: caseId, stripe_checkout_session_id: null, created_at: new Date(Date.now() - 25 * 3_600_000) });
    const recent = await insertDonation(app, { user_id: donor.id, case_id: caseId, stripe_checkout_session_id: null, created_at: new Date(Date.now() - 2 * 3_600_000) });
    await reconcile();
    await expect(Promise.all([expired.id, never, recent].map(statusOf))).resolves.toEqual(['failed', 'failed', 'pending']);
  });

  it('get their fee asked for again', async () => {
    const { id, session } = await pending(1);
    await act(session, 'pay');
    await reconcile();
    await app.drain();
    await app.sql(`UPDATE giving.donations SET balance_transaction = NULL, settled_amount = NULL, completed_at = now() - interval '2 hours' WHERE id = $1`, [id]);
    await expect(app.app.get(ProcessorFeeService, { strict: false }).chase()).resolves.toBe(1);
    await app.drain();
    const [row] = await app.sql<{ known: boolean; fees: string }>(
      `SELECT balance_transaction IS NOT NULL AS known, (SELECT count(*) FROM giving.ledger_entries WHERE donation_id = $1 AND kind = 'processor_fee') AS fees FROM giving.donations WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ known: true, fees: '1' });
  });
});
