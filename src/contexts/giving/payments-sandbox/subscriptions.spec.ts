import type { Stripe } from 'stripe';
import { SandboxHarness, until } from '../../../../test/support/sandbox-harness.js';
import { nextPeriodEnd } from './subscription.objects.js';

const DAY = 86_400_000;

describe('subscriptions of the payments sandbox, spoken to by the real client', () => {
  let harness: SandboxHarness;
  let stripe: Stripe;

  beforeAll(async () => {
    harness = await SandboxHarness.start();
    stripe = harness.stripe;
  });
  afterAll(() => harness.stop());

  const open = (currency = 'eur', amount = 1_000, interval: 'month' | 'year' = 'month', more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<Stripe.Checkout.Session> =>
    harness.openSession(amount, currency, {
      mode: 'subscription',
      line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, recurring: { interval }, product_data: { name: 'Rex' } } }],
      subscription_data: { metadata: { subscriptionId: 'ours-1' } },
      ...more,
    });
  const begin = async (...what: Parameters<typeof open>): Promise<Stripe.Subscription> => {
    const session = await open(...what);
    await harness.act(session.id, 'pay');
    const { subscription } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
    return subscription as Stripe.Subscription;
  };
  const advance = (id: string, outcome: 'succeeds' | 'fails'): Promise<unknown> => stripe.rawRequest('POST', `/v1/test_helpers/subscriptions/${id}/advance`, { outcome });
  const types = (): string[] => harness.receiver.events.map(({ type }) => type);

  it('begins with a paid checkout: customer, saved card, subscription and first invoice', async () => {
    const session = await open();
    expect(session).toMatchObject({ mode: 'subscription', subscription: null, customer: null, invoice: null, payment_method_types: ['card'], amount_total: 1_000 });
    await harness.act(session.id, 'pay');
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription.default_payment_method', 'invoice.payments'] });
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: null, customer: expect.stringMatching(/^cus_/) });
    const subscription = paid.subscription as Stripe.Subscription;
    expect(subscription).toMatchObject({ object: 'subscription', status: 'active', currency: 'eur', customer: paid.customer, metadata: { subscriptionId: 'ours-1' }, latest_invoice: (paid.invoice as Stripe.Invoice).id });
    expect(subscription.default_payment_method).toMatchObject({ object: 'payment_method', customer: paid.customer, card: { brand: 'visa', last4: '4242' } });
    expect(subscription.items.data).toMatchObject([{ quantity: 1, price: { type: 'recurring', unit_amount: 1_000, recurring: { interval: 'month', interval_count: 1 } } }]);
    const invoice = paid.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({
      status: 'paid',
      amount_paid: 1_000,
      amount_remaining: 0,
      billing_reason: 'subscription_create',
      parent: { type: 'subscription_details', subscription_details: { subscription: subscription.id, metadata: { subscriptionId: 'ours-1' } } },
      lines: { data: [{ amount: 1_000, subscription: subscription.id, parent: { subscription_item_details: { subscription: subscription.id } } }] },
    });
    const { payment_intent: intentId } = invoice.payments!.data[0]!.payment;
    expect(await stripe.paymentIntents.retrieve(String(intentId), { expand: ['latest_charge.balance_transaction'] })).toMatchObject({
      status: 'succeeded',
      amount_received: 1_000,
      customer: paid.customer,
      latest_charge: { payment_method: (subscription.default_payment_method as Stripe.PaymentMethod).id, balance_transaction: { fee: 40 } },
    });
    expect((await stripe.invoicePayments.list({ invoice: invoice.id })).data).toHaveLength(1);
    await harness.received('checkout.session.completed', session.id);
    await harness.received('invoice.paid', invoice.id);
    expect(types()).toEqual(expect.arrayContaining(['payment_method.attached', 'customer.subscription.created', 'invoice.created', 'invoice.finalized', 'invoice.payment_succeeded', 'invoice_payment.paid']));
  });

  it('brings the next invoice when told, with the card that is saved', async () => {
    const subscription = await begin('jpy', 1_500);
    await advance(subscription.id, 'succeeds');
    const invoices = await stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ billing_reason, status, amount_paid, currency }) => [billing_reason, status, amount_paid, currency])).toEqual([
      ['subscription_cycle', 'paid', 1_500, 'jpy'],
      ['subscription_create', 'paid', 1_500, 'jpy'],
    ]);
    const now = await stripe.subscriptions.retrieve(subscription.id);
    const [before, after] = [subscription.items.data[0]!, now.items.data[0]!];
    expect(after.current_period_start).toBe(before.current_period_end);
    expect(now.latest_invoice).toBe(invoices.data[0]!.id);
  });

  it('brings it by itself when the period is over, in the way that was chosen at the checkout', async () => {
    const session = await open();
    await harness.act(session.id, 'pay', { renewals: 'fails' });
    const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
    harness.ahead += 32 * DAY;
    await until(async () => (await stripe.subscriptions.retrieve(String(subscription))).status === 'past_due');
    await harness.received('invoice.payment_failed');
  });

  it('is past due, then unpaid, and ends at the fourth failed attempt', async () => {
    const { id } = await begin();
    const seen: string[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      await advance(id, 'fails');
      seen.push((await stripe.subscriptions.retrieve(id)).status);
    }
    expect(seen).toEqual(['past_due', 'past_due', 'unpaid', 'canceled']);
    await harness.received('customer.subscription.deleted', id);
    expect((await stripe.invoices.list({ subscription: id })).data[0]).toMatchObject({ status: 'open', attempt_count: 4 });
    await expect(advance(id, 'succeeds')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  it('is active again when an attempt succeeds', async () => {
    const { id } = await begin();
    await advance(id, 'fails');
    await advance(id, 'succeeds');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
    const [latest] = (await stripe.invoices.list({ subscription: id })).data;
    expect(latest).toMatchObject({ status: 'paid', attempt_count: 2 });
    const told = await harness.received('invoice.paid', latest!.id);
    expect(told.data.object).toMatchObject({ attempt_count: 2 });
  });

  it('ends on request, once', async () => {
    const { id } = await begin();
    expect(await stripe.subscriptions.cancel(id)).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'cancellation_requested' } });
    await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404 });
    await harness.received('customer.subscription.deleted', id);
    harness.ahead += 40 * DAY;
    await until(async () => (await harness.pool.query('SELECT 1 FROM sandbox.scheduled_acts WHERE object_id = $1', [id])).rowCount === 0);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  });

  it('lets a payment method go, without which the next payment fails', async () => {
    const subscription = await begin();
    const method = String(subscription.default_payment_method);
    expect(await stripe.paymentMethods.detach(method)).toMatchObject({ customer: null });
    await harness.received('payment_method.detached', method);
    await advance(subscription.id, 'succeeds');
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'past_due' });
  });

  it.each([
    ['a price that does not repeat', { line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 500, product_data: { name: 'Rex' } } }] }, /recurring price/],
    ['data for a single payment', { payment_intent_data: { description: 'x' } }, /payment_intent_data/],
  ])('refuses %s', async (_, more, message) => {
    await expect(open('eur', 500, 'month', more)).rejects.toThrow(message);
  });

  it('refuses a price that repeats for a single payment', async () => {
    const item = { quantity: 1, price_data: { currency: 'eur', unit_amount: 500, recurring: { interval: 'month' as const }, product_data: { name: 'Rex' } } };
    await expect(harness.openSession(500, 'eur', { line_items: [item] })).rejects.toThrow(/recurring price/);
  });

  it('shows its subscriptions on a page with buttons', async () => {
    const { id } = await begin('eur', 2_000, 'year');
    const page = await (await fetch(`${harness.apiBase}/subscriptions`)).text();
    expect(page).toContain(`subscriptions/${id}/pay`);
    expect(page).toContain('€20.00 every year, active');
    const pressed = await fetch(`${harness.apiBase}/subscriptions/${id}/decline`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(pressed.status).toBe(303);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  });

  it.each([
    ['2026-01-15T10:00:00Z', 'month', '2026-02-15T10:00:00Z'],
    ['2026-01-31T10:00:00Z', 'month', '2026-02-28T10:00:00Z'],
    ['2024-02-29T10:00:00Z', 'year', '2025-02-28T10:00:00Z'],
  ] as const)('counts a period from %s by the %s to %s', (start, interval, end) => {
    expect(nextPeriodEnd(Date.parse(start) / 1_000, interval)).toBe(Date.parse(end) / 1_000);
  });
});
