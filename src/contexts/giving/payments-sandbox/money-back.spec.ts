import type { Stripe } from 'stripe';
import { SandboxHarness } from '../../../../test/support/sandbox-harness.js';

describe('money that goes back at the payments sandbox', () => {
  let harness: SandboxHarness;
  beforeAll(async () => (harness = await SandboxHarness.start()));
  afterAll(() => harness.stop());

  const help = <T>(path: string, params: object = {}): Promise<T> => harness.stripe.rawRequest('POST', `/v1/test_helpers/${path}`, { ...params }) as Promise<T>;
  async function charged(amount: number): Promise<Stripe.Charge> {
    const session = await harness.openSession(amount);
    await harness.act(session.id, 'pay');
    const { payment_intent } = await harness.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
    return (payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge;
  }
  const balance = async (): Promise<number> => {
    const { available, pending } = await harness.stripe.balance.retrieve();
    return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
  };

  it('is charged back in a dispute, with a fee, and reinstated by winning evidence', async () => {
    const charge = await charged(4_000);
    const before = await balance();
    const dispute = await help<Stripe.Dispute>(`charges/${charge.id}/dispute`);
    expect(dispute).toMatchObject({ amount: 4_000, charge: charge.id, status: 'needs_response', evidence_details: { due_by: expect.any(Number) } });
    expect((await harness.received('charge.dispute.funds_withdrawn', dispute.id)).data.object).toMatchObject({ balance_transactions: [{ amount: -4_000, fee: 2_000, net: -6_000, type: 'adjustment' }] });
    expect(await balance()).toBe(before - 6_000);
    await expect(harness.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: 'charge_disputed' });
    await expect(help(`charges/${charge.id}/dispute`)).rejects.toMatchObject({ statusCode: 400 });

    await harness.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
    await harness.received('charge.dispute.updated', dispute.id);
    await harness.received('charge.dispute.funds_reinstated', dispute.id);
    expect((await harness.received('charge.dispute.closed', dispute.id)).data.object).toMatchObject({ status: 'won' });
    expect(await balance()).toBe(before - 2_000);
    await expect(harness.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await harness.stripe.disputes.list({ charge: charge.id })).data).toHaveLength(1);
  });

  it('is lost when the dispute is closed, and not taken by an inquiry', async () => {
    const dispute = await help<Stripe.Dispute>(`charges/${(await charged(1_000)).id}/dispute`);
    await expect(harness.stripe.disputes.close(dispute.id)).resolves.toMatchObject({ status: 'lost' });
    const inquiry = await help<Stripe.Dispute>(`charges/${(await charged(1_000)).id}/dispute`, { inquiry: true });
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    await expect(help(`disputes/${inquiry.id}/win`)).resolves.toMatchObject({ status: 'warning_closed' });
  });

  it('may be announced by a warning of fraud', async () => {
    const charge = await charged(1_000);
    const warning = await help<Stripe.Radar.EarlyFraudWarning>(`charges/${charge.id}/warn_of_fraud`);
    await harness.received('radar.early_fraud_warning.created', warning.id);
    await expect(harness.stripe.radar.earlyFraudWarnings.retrieve(warning.id)).resolves.toMatchObject({ charge: charge.id, actionable: true });
  });

  it('comes again when a refund fails, by its amount or by word', async () => {
    const charge = await charged(20_000);
    const before = await balance();
    const magic = await harness.stripe.refunds.create({ charge: charge.id, amount: 5_126 });
    expect(await balance()).toBe(before - 5_126);
    harness.ahead += 2_000;
    expect((await harness.received('refund.failed', magic.id)).data.object).toMatchObject({ status: 'failed', failure_balance_transaction: expect.stringMatching(/^txn_/) });
    const slow = await harness.stripe.refunds.create({ charge: charge.id, amount: 7_726 });
    harness.ahead += 5_000;
    await expect(harness.stripe.refunds.retrieve(slow.id)).resolves.toMatchObject({ status: 'pending' });
    await help(`refunds/${slow.id}/fail`);
    await expect(harness.stripe.charges.retrieve(charge.id)).resolves.toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await balance()).toBe(before);
  });

  it('leaves for the bank as a payout, and comes again when that fails', async () => {
    await charged(30_000);
    const before = await balance();
    const payout = await harness.stripe.payouts.create({ amount: 10_000, currency: 'eur' });
    const failing = await harness.stripe.payouts.create({ amount: 5_126, currency: 'eur' });
    harness.ahead += 2_000;
    await harness.received('payout.paid', payout.id);
    await harness.received('payout.failed', failing.id);
    await expect(harness.stripe.payouts.retrieve(failing.id)).resolves.toMatchObject({ status: 'failed', failure_code: 'account_closed' });
    expect(await balance()).toBe(before - 10_000);
    await expect(harness.stripe.payouts.create({ amount: 90_000_000, currency: 'eur' })).rejects.toMatchObject({ code: 'balance_insufficient' });
  });

  it('is played by the donor’s bank on the receipt', async () => {
    const charge = await charged(1_000);
    const page = new URL(charge.receipt_url!);
    const url = `${harness.apiBase}${page.pathname}`;
    const press = (button: string): Promise<Response> => fetch(`${url}/${button}`, { method: 'POST', redirect: 'manual' });
    expect(await (await fetch(url)).text()).toContain('Dispute this payment');
    expect((await press('warn')).status).toBe(303);
    expect((await press('dispute')).status).toBe(303);
    expect((await press('dispute')).status).toBe(409);
    expect(await (await fetch(url)).text()).toContain('Decide for the donor');
    expect((await press('dispute-lost')).status).toBe(303);
    expect(await (await fetch(url)).text()).toMatch(/<dd>lost<\/dd>/);
    expect((await press('dispute-won')).status).toBe(409);
  });
});
