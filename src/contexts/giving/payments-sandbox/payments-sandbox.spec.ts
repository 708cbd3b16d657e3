import type { Stripe } from 'stripe';
import { SandboxHarness, until } from '../../../../test/support/sandbox-harness.js';

describe('the payments sandbox, spoken to by the real client', () => {
  let harness: SandboxHarness;
  let stripe: Stripe;

  beforeAll(async () => {
    harness = await SandboxHarness.start();
    stripe = harness.stripe;
  });
  afterAll(() => harness.stop());

  const paidSession = async (amount: number, currency?: string): Promise<Stripe.Checkout.Session> => {
    const session = await harness.openSession(amount, currency);
    await harness.act(session.id, 'pay');
    return stripe.checkout.sessions.retrieve(session.id);
  };

  describe('checkout sessions', () => {
    it('keeps what it was told and is open for 24 hours', async () => {
      const session = await harness.openSession(2_500, 'eur', {
        client_reference_id: 'donation-1',
        customer_email: 'mila@example.org',
        metadata: { donationId: 'donation-1' },
      });
      expect(session).toMatchObject({
        object: 'checkout.session',
        amount_total: 2_500,
        client_reference_id: 'donation-1',
        currency: 'eur',
        customer_email: 'mila@example.org',
        livemode: false,
        metadata: { donationId: 'donation-1' },
        payment_intent: null,
        payment_status: 'unpaid',
        status: 'open',
        success_url: 'http://shop.example/done?session={CHECKOUT_SESSION_ID}',
      });
      expect(session.id).toMatch(/^cs_test_\w{58}$/);
      expect(session.url).toMatch(new RegExp(`^http://localhost:\\d+/checkout/${session.id}$`));
      expect(session.expires_at - session.created).toBe(86_400);
      expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ id: session.id, status: 'open' });
    });

    it('adds its items up and lists them on request only', async () => {
      const item = (unit_amount: number, quantity: number) => ({
        quantity,
        price_data: { currency: 'eur', unit_amount, product_data: { name: `Item of ${unit_amount}` } },
      });
      const session = await harness.openSession(0, 'eur', { line_items: [item(1_000, 2), item(550, 1)] });
      expect(session.amount_total).toBe(2_550);
      expect(session.line_items).toBeUndefined();
      const { line_items } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
      expect(line_items?.data.map(({ description, amount_total }) => [description, amount_total])).toEqual([
        ['Item of 1000', 2_000],
        ['Item of 550', 550],
      ]);
      expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(2);
    });

    const priced = (currency: string, unit_amount: number) => ({
      line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: 'Rex' } } }],
    });
    const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60;
    it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
      ['without items', { line_items: [] }, { code: 'parameter_missing', param: 'line_items' }],
      ['with a mode it does not have', { mode: 'setup' }, { param: 'mode' }],
      ['that ends in 29 minutes', { expires_at: inMinutes(29) }, { param: 'expires_at' }],
      ['that ends in 25 hours', { expires_at: inMinutes(25 * 60) }, { param: 'expires_at' }],
      ['with a success address that is none', { success_url: 'javascript:alert(1)' }, { code: 'url_invalid', param: 'success_url' }],
      ['with a bad e-mail address', { customer_email: 'mila' }, { code: 'email_invalid', param: 'customer_email' }],
      ['for a customer nobody knows', { customer: 'cus_none' }, { code: 'resource_missing', param: 'customer' }],
      ['with too much metadata', { metadata: { note: 'x'.repeat(501) } }, { param: 'metadata' }],
      ['in an unknown currency', priced('xyz', 500), { param: 'line_items[0][price_data][currency]' }],
      ['for less than half a euro', priced('eur', 49), { code: 'amount_too_small' }],
      ['for a broken amount', priced('eur', 10.5), { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' }],
    ])('refuses a session %s', async (_what, more, error) => {
      await expect(harness.openSession(500, 'eur', more)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...error });
    });

    it('refuses parameters that do not exist', async () => {
      await expect(harness.openSession(500, 'eur', { successurl: 'x' } as object)).rejects.toMatchObject({ code: 'parameter_unknown', param: 'successurl' });
    });

    it('expires on request, once', async () => {
      const session = await harness.openSession(500);
      expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null });
      await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
      await expect(harness.act(session.id, 'pay')).rejects.toMatchObject({ code: 'status_transition_invalid' });
      await harness.received('checkout.session.expired', session.id);
    });
  });

  describe('a payment', () => {
    it('leaves a paid session, an intent, a charge with its receipt and the fee on the balance', async () => {
      const session = await harness.openSession(2_500, 'eur', { payment_intent_data: { metadata: { donationId: 'd-1' }, description: 'Rex' } });
      await harness.act(session.id, 'pay');
      const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge.balance_transaction'] });
      const intent = paid.payment_intent as Stripe.PaymentIntent;
      const charge = intent.latest_charge as Stripe.Charge;
      expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
      expect(intent).toMatchObject({ amount_received: 2_500, metadata: { donationId: 'd-1' }, description: 'Rex', status: 'succeeded' });
      expect(charge).toMatchObject({ amount: 2_500, paid: true, status: 'succeeded', payment_intent: intent.id, payment_method_details: { type: 'card' } });
      expect(charge.receipt_url).toMatch(new RegExp(`/receipts/${charge.id}$`));
      expect(charge.balance_transaction).toMatchObject({ amount: 2_500, currency: 'eur', exchange_rate: null, fee: 63, net: 2_437, source: charge.id });
      expect(charge.balance_transaction).toMatchObject({ fee_details: [{ amount: 63, currency: 'eur', type: 'stripe_fee' }] });
    });

    it('is told of by webhooks that show each object as it was', async () => {
      const session = await paidSession(1_000);
      const completed = await harness.received('checkout.session.completed', session.id);
      expect(completed).toMatchObject({ livemode: false, data: { object: { payment_status: 'paid', payment_intent: session.payment_intent } } });
      await harness.received('payment_intent.succeeded', String(session.payment_intent));
      const { latest_charge } = await stripe.paymentIntents.retrieve(String(session.payment_intent));
      expect((await harness.received('charge.succeeded', String(latest_charge))).data.object).toMatchObject({ balance_transaction: null });
      const updated = await harness.received('charge.updated', String(latest_charge));
      expect(updated.data).toMatchObject({ object: { balance_transaction: expect.stringMatching(/^txn_/) }, previous_attributes: { balance_transaction: null } });
    });

    it('settles other currencies in euro', async () => {
      const session = await paidSession(1_600, 'jpy');
      const { data } = await stripe.charges.list({ payment_intent: String(session.payment_intent), expand: ['data.balance_transaction'] });
      expect(data).toHaveLength(1);
      expect(data[0]).toMatchObject({
        amount: 1_600,
        currency: 'jpy',
        balance_transaction: { amount: 1_000, currency: 'eur', exchange_rate: 0.00625, fee: 40, net: 960 },
      });
    });

    it('happens once, however many ask for it at the same time', async () => {
      const session = await harness.openSession(500);
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => harness.act(session.id, 'pay')));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
      expect((await stripe.charges.list({ payment_intent: String(payment_intent) })).data).toHaveLength(1);
    });

    it('can be tried again after the card was declined, with the same intent', async () => {
      const session = await harness.openSession(500);
      await harness.act(session.id, 'decline');
      const declined = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
      expect(declined).toMatchObject({
        status: 'open',
        payment_intent: {
          status: 'requires_payment_method',
          last_payment_error: { code: 'card_declined' },
          latest_charge: { status: 'failed', paid: false },
        },
      });
      const intentId = (declined.payment_intent as Stripe.PaymentIntent).id;
      await harness.received('payment_intent.payment_failed', intentId);
      await harness.received('charge.failed');
      await harness.act(session.id, 'pay');
      expect(await stripe.paymentIntents.retrieve(intentId)).toMatchObject({ status: 'succeeded', last_payment_error: null });
    });

    it('by bank debit completes unpaid and is paid when the bank answers', async () => {
      const session = await harness.openSession(500);
      await harness.act(session.id, 'pay_later');
      const ordered = await harness.received('checkout.session.completed', session.id);
      expect(ordered.data.object).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
      harness.ahead += 6_000;
      const settled = await harness.received('checkout.session.async_payment_succeeded', session.id);
      expect(settled.data.object).toMatchObject({ payment_status: 'paid' });
      expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })).toMatchObject({
        payment_status: 'paid',
        payment_intent: { status: 'succeeded' },
      });
    });

    it('by bank debit can fail', async () => {
      const session = await harness.openSession(500);
      await harness.act(session.id, 'pay_later', { outcome: 'fails' });
      harness.ahead += 6_000;
      const failed = await harness.received('checkout.session.async_payment_failed', session.id);
      expect(failed.data.object).toMatchObject({ payment_status: 'unpaid' });
    });

    it('cannot be made by bank debit in another currency than the euro', async () => {
      const session = await harness.openSession(500, 'usd');
      await expect(harness.act(session.id, 'pay_later')).rejects.toMatchObject({ statusCode: 400 });
    });

    it('comes too late when the session has expired', async () => {
      const session = await harness.openSession(500);
      await harness.act(session.id, 'decline');
      harness.ahead += 86_401_000;
      await expect(harness.act(session.id, 'pay')).rejects.toMatchObject({ code: 'status_transition_invalid' });
      await harness.received('checkout.session.expired', session.id);
      const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
      await harness.received('payment_intent.canceled', String(payment_intent));
    });
  });

  describe('refunds', () => {
    it('give back a part, then the rest, and no more', async () => {
      const { payment_intent } = await paidSession(1_000);
      const intent = String(payment_intent);
      const part = await stripe.refunds.create({ payment_intent: intent, amount: 400, reason: 'requested_by_customer', metadata: { by: 'staff' } });
      expect(part).toMatchObject({ amount: 400, status: 'pending', reason: 'requested_by_customer', metadata: { by: 'staff' } });
      const { data } = await stripe.charges.list({ payment_intent: intent });
      expect(data[0]).toMatchObject({ amount_refunded: 400, refunded: false });
      await expect(stripe.refunds.create({ payment_intent: intent, amount: 601 })).rejects.toMatchObject({ param: 'amount' });
      await stripe.refunds.create({ charge: data[0]!.id });
      await expect(stripe.refunds.create({ charge: data[0]!.id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
      expect(await stripe.charges.retrieve(data[0]!.id, { expand: ['refunds'] })).toMatchObject({
        amount_refunded: 1_000,
        refunded: true,
        refunds: { data: [{ amount: 600 }, { amount: 400 }] },
      });
      harness.ahead += 2_000;
      await harness.received('charge.refunded', data[0]!.id);
      await harness.received('refund.created', part.id);
      expect((await harness.received('refund.updated', part.id)).data.object).toMatchObject({ status: 'succeeded' });
      expect(await stripe.refunds.retrieve(part.id, { expand: ['balance_transaction'] })).toMatchObject({
        status: 'succeeded',
        balance_transaction: { amount: -400, fee: 0, net: -400, type: 'refund' },
      });
    });

    it('never exceed the charge, however many are asked for at the same time', async () => {
      const { payment_intent } = await paidSession(1_000);
      const ask = () => stripe.refunds.create({ payment_intent: String(payment_intent), amount: 300 });
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, ask));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    });
  });

  describe('the protocol', () => {
    it('refuses a wrong key and a missing one', async () => {
      await expect(harness.client('sk_test_wrong').balance.retrieve()).rejects.toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
      const response = await fetch(`${harness.apiBase}/v1/balance`);
      expect([response.status, await response.json()]).toEqual([401, { error: expect.objectContaining({ type: 'invalid_request_error' }) }]);
    });

    it('names what it does not know', async () => {
      await expect(stripe.charges.retrieve('ch_none')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing', message: "No such charge: 'ch_none'" });
      await expect(stripe.coupons.list()).rejects.toMatchObject({ statusCode: 404, message: expect.stringContaining('GET: /v1/coupons') });
    });

    it('refuses JSON bodies and broken forms in its own shape', async () => {
      const post = (type: string, body: string) =>
        fetch(`${harness.apiBase}/v1/customers`, { method: 'POST', body, headers: { 'content-type': type, authorization: 'Bearer sk_test_sandbox' } });
      for (const response of [await post('application/json', '{}'), await post('application/x-www-form-urlencoded', 'a=1&a[b]=2')]) {
        expect(response.status).toBe(400);
        expect(await response.json()).toEqual({ error: expect.objectContaining({ type: 'invalid_request_error' }) });
      }
    });

    it('answers a repeated idempotency key as the first time, also when both come at once', async () => {
      const create = (email: string) => stripe.customers.create({ email }, { idempotencyKey: 'key-1' });
      const [one, other] = await Promise.all([create('a@example.org'), create('a@example.org')]);
      expect(other.id).toBe(one.id);
      expect([one, other].filter(({ lastResponse }) => lastResponse.headers['idempotent-replayed'] === 'true')).toHaveLength(1);
      await expect(create('b@example.org')).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    });

    it('keeps no refusal for an idempotency key', async () => {
      const refund = (charge: string) => stripe.refunds.create({ charge }, { idempotencyKey: 'key-2' });
      await expect(refund('ch_none')).rejects.toMatchObject({ code: 'resource_missing' });
      const { payment_intent } = await paidSession(500);
      const { data } = await stripe.charges.list({ payment_intent: String(payment_intent) });
      expect(await refund(data[0]!.id)).toMatchObject({ amount: 500 });
    });

    it('pages through lists in both directions', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) ids.unshift((await stripe.customers.create({ email: 'pages@example.org' })).id);
      const list = (params: Stripe.CustomerListParams) => stripe.customers.list({ email: 'pages@example.org', limit: 2, ...params });
      const first = await list({});
      expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' });
      expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      const second = await list({ starting_after: ids[1]! });
      expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
      const back = await list({ ending_before: ids[2]! });
      expect([back.data.map(({ id }) => id), back.has_more]).toEqual([ids.slice(0, 2), false]);
      const all = await stripe.customers.list({ email: 'pages@example.org', limit: 2 }).autoPagingToArray({ limit: 100 });
      expect(all.map(({ id }) => id)).toEqual(ids);
    });

    it('narrows lists by time', async () => {
      const { id, created } = await stripe.customers.create({ email: 'time@example.org' });
      const found = async (bounds: Stripe.RangeQueryParam | number) => (await stripe.customers.list({ email: 'time@example.org', created: bounds })).data.length;
      expect(await Promise.all([found({ gte: created, lte: created }), found({ gt: created }), found({ lt: created }), found(created)])).toEqual([1, 0, 0, 1]);
      await expect(stripe.customers.list({ starting_after: `${id}x` })).rejects.toMatchObject({ code: 'resource_missing', param: 'starting_after' });
    });

    it('refuses to expand what cannot be expanded', async () => {
      const { payment_intent } = await paidSession(500);
      await expect(stripe.paymentIntents.retrieve(String(payment_intent), { expand: ['amount'] })).rejects.toMatchObject({ param: 'expand' });
      await expect(stripe.charges.list({ expand: ['customer'] })).rejects.toMatchObject({ message: expect.stringContaining("'data.customer'") });
    });

    it('shows its events, narrowed by type and delivery', async () => {
      const session = await paidSession(500);
      const told = await harness.received('checkout.session.completed', session.id);
      expect(await stripe.events.retrieve(told.id)).toMatchObject({ id: told.id, type: 'checkout.session.completed' });
      const events = await stripe.events.list({ types: ['checkout.session.completed', 'charge.updated'], limit: 2 });
      expect(new Set(events.data.map(({ type }) => type))).toEqual(new Set(['checkout.session.completed', 'charge.updated']));
      expect((await stripe.events.list({ type: 'charge.*', limit: 100 })).data.every(({ type }) => type.startsWith('charge.'))).toBe(true);
      const idsOf = async (delivery_success: boolean) => (await stripe.events.list({ delivery_success, limit: 100 })).data.map(({ id }) => id);
      await until(async () => (await idsOf(true)).includes(told.id));
      expect(await idsOf(false)).not.toContain(told.id);
    });

    it('sums the balance and releases it after two days', async () => {
      await paidSession(1_000);
      const total = ({ available, pending }: Stripe.Balance) => [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
      const before = await stripe.balance.retrieve();
      expect(before.pending[0]?.amount).toBeGreaterThan(0);
      harness.ahead += 3 * 86_400_000;
      await until(async () => (await stripe.balance.retrieve()).pending.length === 0);
      expect(total(await stripe.balance.retrieve())).toBe(total(before));
    });
  });
});
