import { donationRow, insertCampaign, insertDonation, paidIntent, sendEvent, stripeDispute, stripeEvent, stripeId, stripeRefund, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { LedgerStatement } from '../ledger/index.js';
import { runLedgerVerification } from '../ledger/index.js';
import { RefundGateway } from '../payments/index.js';
import { RefundReconciliationService } from './refund-reconciliation.service.js';
import type { RefundView } from './refunds.dto.js';
import { RefundsService } from './refunds.service.js';

/** What the real client orders goes to the payments sandbox; what is told without it is signed by the test. */
describe('refunds', () => {
  let app: TestApp;
  let donor: { token: string; id: string };
  let admin: { token: string; id: string };
  let donors = 0;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    admin = await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());
  beforeEach(async () => (donor = await app.signIn(`donor${++donors}@example.org`)));

  /** A donation paid at the sandbox, its fee known. */
  async function paid(amount: number, target: Record<string, string>): Promise<string> {
    const { body } = await app.post<{ donationId: string; checkoutUrl: string }>('/v1/donations/checkout-sessions', {
      token: donor.token,
      body: { ...target, amount, currency: 'EUR', anonymous: false, successUrl: `${app.url}/a`, cancelUrl: `${app.url}/b` },
    });
    await app.post(`${new URL(body.checkoutUrl).pathname}/pay`);
    await until(async () => (await donationRow(app, body.donationId)).processor_fee_amount !== null);
    return body.donationId;
  }
  /** A donation completed by a signed event, whose payment the sandbox does not know. */
  async function told(amount: number): Promise<{ id: string; intent: string; caseId: string }> {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor.id, case_id: caseId, amount });
    const intent = stripeId('pi');
    await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(id, amount, { id: intent })));
    return { id, intent, caseId };
  }
  async function outcomes(...events: ReturnType<typeof stripeEvent>[]): Promise<(string | null)[]> {
    for (const event of events) {
      expect(await sendEvent(app, event)).toMatchObject({ status: 200 });
      await app.drain();
    }
    const rows = await app.sql<{ event_id: string; outcome: string | null }>(`SELECT event_id, outcome FROM giving.stripe_events WHERE event_id = ANY($1)`, [events.map(({ id }) => id)]);
    return events.map(({ id }) => rows.find((row) => row.event_id === id)!.outcome);
  }
  const refund = (id: string, body: Record<string, unknown> = {}, options: Record<string, unknown> = {}): Promise<Answer<RefundView & { code: string }>> =>
    app.post(`/v1/admin/donations/${id}/refunds`, { token: admin.token, body: { reason: 'The donor paid twice', ...body }, ...options });
  const total = async (caseId: string): Promise<{ current: number; status: string }> => {
    const [row] = await app.sql<{ current: string; status: string }>(`SELECT fundraising_current AS current, status FROM rescue.cases WHERE id = $1`, [caseId]);
    return { current: Number(row!.current), status: row!.status };
  };
  const totals = async (caseId: string): Promise<LedgerStatement['totals']> => (await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`)).body.totals;
  const refunds = (donationId: string): Promise<{ amount: string; status: string; origin: string; stripe_refund_id: string | null; failure_reason: string | null }[]> =>
    app.sql(`SELECT * FROM giving.refunds WHERE donation_id = $1 ORDER BY created_at, id`, [donationId]);
  const settled = (donationId: string): Promise<void> => until(async () => (await refunds(donationId)).every(({ status }) => status !== 'pending'));
  const published = (type: string, donationId: string): Promise<{ payload: Record<string, unknown> }[]> =>
    app.sql(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'donationId' = $2 ORDER BY occurred_at`, [type, donationId]);
  async function until(done: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await done()); tries++) {
      if (tries > 200) throw new Error('waited in vain');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('give back everything that is left: money, fees, total, status, audit, event', async () => {
    const caseId = await insertCase(app, { fundraising_goal: 2_000 });
    const id = await paid(2_550, { caseId });
    expect(await total(caseId)).toEqual({ current: 2_550, status: 'funded' });
    const answer = await refund(id);
    expect(answer).toMatchObject({ status: 201, body: { donationId: id, amount: 2_550, currency: 'EUR', status: 'pending', reason: 'The donor paid twice' } });
    expect(Object.keys(answer.body).sort()).toEqual(['amount', 'createdAt', 'currency', 'donationId', 'id', 'reason', 'status']);
    await settled(id);
    await app.drain();

    expect(await refunds(id)).toMatchObject([{ amount: '2550', status: 'succeeded', origin: 'staff', stripe_refund_id: expect.stringMatching(/^re_/) }]);
    expect(await total(caseId)).toEqual({ current: 0, status: 'active' });
    expect(await totals(caseId)).toEqual({ raised: 2_550, refunded: 2_550, disputed: 0, processorFees: 0, platformFees: 0, paidOut: 0, held: 0, receivable: 0 });
    await expect(app.get(`/v1/donations/${id}`, { token: donor.token })).resolves.toMatchObject({ body: { status: 'refunded', refundedAmount: 2_550, refundedAt: expect.any(String), netAmount: 0 } });
    expect(await app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'refund.requested' AND entity_id = $1`, [answer.body.id])).toEqual([{ actor_id: admin.id }]);
    const [audit] = await app.sql<{ metadata_json: { before: object; after: object } }>(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'donation.refunded' AND entity_id = $1`, [id]);
    expect(audit!.metadata_json).toMatchObject({ before: { status: 'completed', refundedAmount: 0 }, after: { status: 'refunded', refundedAmount: 2_550 } });
    expect((await published('giving.refund.succeeded.v1', id)).map(({ payload }) => payload)).toEqual([
      { refundId: answer.body.id, donationId: id, donorId: donor.id, caseId, campaignId: null, amount: 2_550, currency: 'EUR', full: true },
    ]);
    await expect(refund(id)).resolves.toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_DONATION' } });
  });

  it('give back a campaign’s donation in parts, with the fee exact to the cent', async () => {
    const campaignId = await insertCampaign(app);
    const id = await paid(1_003, { campaignId });
    const row = async (): Promise<Record<string, string>> => (await app.sql<Record<string, string>>(`SELECT platform_fee_amount, platform_fee_returned, processor_fee_amount, processor_fee_returned, status FROM giving.donations WHERE id = $1`, [id]))[0]!;
    expect(await row()).toMatchObject({ platform_fee_amount: '50', platform_fee_returned: '0', processor_fee_amount: '40' });
    for (const [amount, returned] of [[333, 17], [333, 33], [337, 50]] as const) {
      expect(await refund(id, { amount })).toMatchObject({ status: 201 });
      await settled(id);
      expect(await row()).toMatchObject({ platform_fee_returned: String(returned) });
    }
    expect(await row()).toMatchObject({ status: 'refunded', processor_fee_returned: '40' });
    await expect(app.get(`/v1/campaigns/${campaignId}`)).resolves.toMatchObject({ body: { current: 0 } });
    expect((await published('giving.refund.succeeded.v1', id)).map(({ payload }) => payload['full'])).toEqual([false, false, true]);
  });

  it('are for admins alone', async () => {
    const path = `/v1/admin/donations/${newId()}/refunds`;
    await expect(app.post(path, { body: { reason: 'x' } })).resolves.toMatchObject({ status: 401 });
    await expect(app.post(path, { token: donor.token, body: { reason: 'x' } })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
  });

  it.each([
    ['no reason', { reason: undefined }],
    ['an empty reason', { reason: ' ' }],
    ['nothing', { amount: 0 }],
    ['less than nothing', { amount: -5 }],
    ['part of a cent', { amount: 1.5 }],
    ['an unknown field', { status: 'succeeded' }],
  ])('refuse %s', async (_, body) => {
    await expect(refund(newId(), body)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it('refuse what is not there, not paid, or more than was given', async () => {
    await expect(refund(newId())).resolves.toMatchObject({ status: 404, body: { code: 'DONATION_NOT_FOUND' } });
    const pending = await insertDonation(app, { user_id: donor.id, case_id: await insertCase(app) });
    await expect(refund(pending)).resolves.toMatchObject({ status: 409, body: { code: 'DONATION_NOT_COMPLETED' } });
    const { id } = await told(1_000);
    await expect(refund(id, { amount: 1_001 })).resolves.toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_DONATION' } });
    expect(await refunds(id)).toEqual([]);
  });

  it('never exceed the donation, however many are asked for at the same time', async () => {
    const id = await paid(1_000, { caseId: await insertCase(app) });
    const answers = await Promise.all(Array.from({ length: 30 }, () => refund(id, { amount: 99 })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ body }) => body.code === 'REFUND_EXCEEDS_DONATION')).toHaveLength(20);
    await settled(id);
    expect(await donationRow(app, id)).toMatchObject({ refunded_amount: '990', status: 'completed' });
  });

  it('answer one Idempotency-Key with one refund, even when its first answer was never kept', async () => {
    const { id } = await told(1_000);
    const headers = { 'Idempotency-Key': newId() };
    const first = await refund(id, { amount: 100 }, { headers });
    const both = await Promise.all([refund(id, { amount: 100 }, { headers }), refund(id, { amount: 100 }, { headers })]);
    await app.sql(`DELETE FROM platform.idempotency_keys WHERE key = $1`, [headers['Idempotency-Key']]);
    for (const answer of [...both, await refund(id, { amount: 100 }, { headers })]) expect(answer).toMatchObject({ status: 201, body: { id: first.body.id } });
    await app.sql(`DELETE FROM platform.idempotency_keys WHERE key = $1`, [headers['Idempotency-Key']]);
    await expect(refund(id, { amount: 200 }, { headers })).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await refunds(id)).toHaveLength(1);
  });

  it('fail when the provider refuses, and leave everything as it was', async () => {
    const { id, caseId } = await told(1_000);
    await refund(id);
    await settled(id);
    expect(await refunds(id)).toMatchObject([{ status: 'failed', failure_reason: 'resource_missing' }]);
    expect(await total(caseId)).toMatchObject({ current: 1_000 });
    expect(await published('giving.refund.failed.v1', id)).toMatchObject([{ payload: { donorId: donor.id, amount: 1_000, reason: 'resource_missing' } }]);
    // What failed is free to be asked for again.
    await expect(refund(id)).resolves.toMatchObject({ status: 201 });
  });

  it('book themselves back when they fail later', async () => {
    const caseId = await insertCase(app);
    const id = await paid(15_126, { caseId });
    await refund(id, { amount: 5_126 });
    await until(async () => (await refunds(id))[0]!.stripe_refund_id !== null);
    await settled(id);
    await app.drain();
    expect(await refunds(id)).toMatchObject([{ status: 'failed', failure_reason: 'lost_or_stolen_card' }]);
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed', refunded_amount: '0' });
    expect(await total(caseId)).toMatchObject({ current: 15_126 });
    expect(await totals(caseId)).toMatchObject({ refunded: 0, platformFees: 756, processorFees: 252 });
    expect((await published('giving.refund.failed.v1', id))).toHaveLength(1);
    const actions = await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 AND action LIKE 'donation.refund%' ORDER BY seq`, [id]);
    expect(actions.map(({ action }) => action)).toEqual(['donation.refunded', 'donation.refund_reversed']);
  });

  it('are ordered once, however often and however late the order is repeated', async () => {
    const id = await paid(1_000, { caseId: await insertCase(app) });
    const { body } = await refund(id, { amount: 400 });
    await settled(id);
    const ordered = (await refunds(id))[0]!.stripe_refund_id;
    const { stripe_payment_intent_id: paymentIntentId } = await donationRow(app, id);
    const createdAt = new Date(body.createdAt);
    const draft = { refundId: body.id, donationId: id, paymentIntentId, chargeId: null, amount: 400, currency: 'EUR', createdAt };
    const gateway = app.app.get(RefundGateway, { strict: false });
    await expect(gateway.order(draft, createdAt)).resolves.toMatchObject({ id: ordered });
    await app.sql(`DELETE FROM sandbox.idempotency_keys`);
    await expect(gateway.order(draft, new Date(createdAt.getTime() + 30 * 3_600_000))).resolves.toMatchObject({ id: ordered });
    await expect(app.app.get(RefundsService, { strict: false }).draft(body.id)).resolves.toBeNull();
  });

  describe('made in the provider’s dashboard', () => {
    it('become one row each, from any of their events, once', async () => {
      const { id, intent, caseId } = await told(1_000);
      const one = stripeRefund(intent, 300);
      const charge = (amount: number): ReturnType<typeof stripeEvent> => stripeEvent('charge.refunded', { id: stripeId('ch'), object: 'charge', currency: 'eur', payment_intent: intent, amount_refunded: amount, paid: true });
      const created = stripeEvent('refund.created', { ...one, status: 'pending' });
      await expect(outcomes(created, charge(300), stripeEvent('refund.updated', one), created, stripeEvent('charge.refund.updated', one))).resolves.toEqual([
        'refund_pending',
        'refund_known',
        'refund_succeeded',
        'refund_pending',
        'refund_known',
      ]);
      expect(await refunds(id)).toMatchObject([{ amount: '300', status: 'succeeded', origin: 'provider', stripe_refund_id: one.id }]);
      expect(await total(caseId)).toMatchObject({ current: 700 });
      expect(await published('giving.refund.succeeded.v1', id)).toHaveLength(1);
    });

    it('are counted when only the charge tells of them, and named when they are told of later', async () => {
      const { id, intent, caseId } = await told(1_000);
      const charge = (amount: number): ReturnType<typeof stripeEvent> => stripeEvent('charge.refunded', { id: stripeId('ch'), object: 'charge', currency: 'eur', payment_intent: intent, amount_refunded: amount, paid: true });
      await expect(outcomes(charge(700), { ...charge(200), created: Math.floor(Date.now() / 1_000) - 60 })).resolves.toEqual(['refund_succeeded', 'refund_known']);
      expect(await total(caseId)).toMatchObject({ current: 300 });
      const [small, large] = [stripeRefund(intent, 200), stripeRefund(intent, 500)];
      await outcomes(stripeEvent('refund.created', small), stripeEvent('refund.created', large), stripeEvent('refund.updated', small));
      expect(await total(caseId)).toMatchObject({ current: 300 });
      expect((await refunds(id)).map((row) => [row.stripe_refund_id, row.amount]).sort()).toEqual([[large.id, '500'], [small.id, '200']].sort());
      await outcomes(stripeEvent('refund.failed', { ...small, status: 'failed', failure_reason: 'declined' }), charge(700));
      expect(await total(caseId)).toMatchObject({ current: 500 });
    });

    it('wait for a donation that nobody knew of yet', async () => {
      const caseId = await insertCase(app);
      const id = await insertDonation(app, { user_id: donor.id, case_id: caseId, amount: 1_000 });
      const intent = stripeId('pi');
      const early = stripeEvent('refund.created', stripeRefund(intent, 1_000));
      await expect(outcomes(early)).resolves.toEqual(['waiting_for_donation']);
      await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(id, 1_000, { id: intent })));
      await expect(outcomes(early)).resolves.toEqual(['refund_succeeded']);
      expect(await donationRow(app, id)).toMatchObject({ status: 'refunded', refunded_amount: '1000' });
      expect(await total(caseId)).toMatchObject({ current: 0 });
    });

    it('are found whichever of 40 parallel pairs of events comes first', async () => {
      const caseId = await insertCase(app);
      const pairs = await Promise.all(Array.from({ length: 40 }, async () => {
        const id = await insertDonation(app, { user_id: donor.id, case_id: caseId, amount: 500 });
        const intent = stripeId('pi');
        return [stripeEvent('payment_intent.succeeded', paidIntent(id, 500, { id: intent })), stripeEvent('refund.created', stripeRefund(intent, 200))];
      }));
      await Promise.all(pairs.flat().map((event) => sendEvent(app, event)));
      await until(async () => (await app.sql(`SELECT 1 FROM giving.stripe_events WHERE processed_at IS NULL OR awaits IS NOT NULL`)).length === 0);
      await app.drain();
      expect(await total(caseId)).toMatchObject({ current: 40 * 300 });
    }, 40_000);

    it('wait when their bank needs something of the donor first', async () => {
      const { id, intent, caseId } = await told(1_000);
      const asked = stripeRefund(intent, 400, { status: 'requires_action' });
      await outcomes(stripeEvent('refund.created', asked));
      expect(await total(caseId)).toMatchObject({ current: 1_000 });
      await expect(refund(id, { amount: 601 })).resolves.toMatchObject({ status: 409, body: { code: 'REFUND_EXCEEDS_DONATION' } });
      await outcomes(stripeEvent('refund.updated', { ...asked, status: 'canceled' }));
      expect(await refunds(id)).toMatchObject([{ status: 'canceled' }]);
      expect(await total(caseId)).toMatchObject({ current: 1_000 });
    });
  });

  it('are refused while a bank disputes the donation, and possible again when it has given in', async () => {
    const { id, intent } = await told(1_000);
    const dispute = stripeDispute(intent, 1_000);
    await outcomes(stripeEvent('charge.dispute.created', dispute));
    await expect(refund(id)).resolves.toMatchObject({ status: 409, body: { code: 'DONATION_DISPUTED' } });
    await outcomes(stripeEvent('charge.dispute.closed', { ...dispute, status: 'won' }));
    await expect(refund(id, { amount: 100 })).resolves.toMatchObject({ status: 201 });
  });

  it('come out of what is unallocated when the donation was in another currency', async () => {
    const { caseId } = await told(1_000);
    const foreign = await insertDonation(app, { user_id: donor.id, case_id: caseId, amount: 1_000 });
    const other = stripeId('pi');
    await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(foreign, 1_200, { id: other, currency: 'usd' })), stripeEvent('refund.created', stripeRefund(other, 1_200, { currency: 'usd' })));
    expect(await donationRow(app, foreign)).toMatchObject({ status: 'refunded', refunded_amount: '1200' });
    expect(await total(caseId)).toMatchObject({ current: 1_000 });
    const [left] = await app.sql<{ sum: string }>(
      `SELECT sum(p.amount) FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id JOIN giving.ledger_entries e ON e.id = p.entry_id WHERE a.kind = 'unallocated' AND e.donation_id = $1`,
      [foreign],
    );
    expect(left!.sum).toBe('0');
  });

  it('are finished by asking where no event came', async () => {
    const id = await paid(1_000, { caseId: await insertCase(app) });
    const { body } = await refund(id, { amount: 250 });
    await settled(id);
    await app.sql(`UPDATE giving.refunds SET status = 'pending', created_at = now() - interval '1 hour', succeeded_at = NULL WHERE id = $1`, [body.id]);
    await expect(app.app.get(RefundReconciliationService, { strict: false }).reconcile()).resolves.toBe(1);
    expect(await refunds(id)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('leave books in which every total agrees', async () => {
    await app.drain();
    const lines: string[] = [];
    await expect(runLedgerVerification(app.databaseUrl, (line) => lines.push(line))).resolves.toBe(0);
  });
});
