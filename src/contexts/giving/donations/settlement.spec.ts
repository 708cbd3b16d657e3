import { randomInt } from 'node:crypto';
import {
  donationRow,
  insertCampaign,
  insertDonation,
  paidIntent,
  paidSession,
  sendEvent,
  stripeEvent,
  stripeId,
  WEBHOOK_SECRET,
} from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import { runLedgerVerification } from '../ledger/index.js';

type Event = ReturnType<typeof stripeEvent>;

describe('settling donations by the events of the provider', () => {
  let app: TestApp;
  let donor: string;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    donor = await insertUser(app);
  });
  afterAll(() => app.stop());

  /** Sends the events one after the other and waits until all are processed; answers their outcomes. */
  async function process(...events: Event[]): Promise<(string | null)[]> {
    for (const event of events) {
      expect(await sendEvent(app, event)).toMatchObject({ status: 200 });
      await app.drain();
    }
    const rows = await app.sql<{ event_id: string; outcome: string | null }>(`SELECT event_id, outcome FROM giving.stripe_events WHERE event_id = ANY($1)`, [events.map(({ id }) => id)]);
    return events.map(({ id }) => rows.find((row) => row.event_id === id)!.outcome);
  }
  const succeeded = (donationId: string, amount: number, rest?: Record<string, unknown>): Event => stripeEvent('payment_intent.succeeded', paidIntent(donationId, amount, rest));
  const total = async (caseId: string): Promise<{ current: number; status: string }> => {
    const [row] = await app.sql<{ current: string; status: string }>(`SELECT fundraising_current AS current, status FROM rescue.cases WHERE id = $1`, [caseId]);
    return { current: Number(row!.current), status: row!.status };
  };
  const entries = (donationId: string): Promise<{ kind: string; account: string; amount: string; currency: string }[]> =>
    app.sql(
      `SELECT e.kind, a.kind AS account, p.amount, p.currency FROM giving.ledger_entries e JOIN giving.ledger_postings p ON p.entry_id = e.id
         JOIN giving.ledger_accounts a ON a.id = p.account_id WHERE e.donation_id = $1 ORDER BY e.kind, p.amount DESC`,
      [donationId],
    );

  it('books what came: to the case, less the platform’s share', async () => {
    const caseId = await insertCase(app, { fundraising_goal: 5_000 });
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount: 5_000 });
    await expect(process(succeeded(id, 5_000))).resolves.toEqual(['completed']);
    await expect(total(caseId)).resolves.toEqual({ current: 5_000, status: 'funded' });
    await expect(entries(id)).resolves.toEqual([
      { kind: 'donation', account: 'stripe_balance', amount: '5000', currency: 'EUR' },
      { kind: 'donation', account: 'case_funds', amount: '-5000', currency: 'EUR' },
      { kind: 'platform_fee', account: 'case_funds', amount: '250', currency: 'EUR' },
      { kind: 'platform_fee', account: 'platform_revenue', amount: '-250', currency: 'EUR' },
    ]);
    const audit = await app.sql<{ action: string; actor_id: string | null }>(`SELECT action, actor_id FROM platform.audit_logs WHERE entity_id = $1`, [id]);
    expect(audit).toEqual([{ action: 'donation.completed', actor_id: null }]);
    const signals = await app.sql<{ type: string; data: unknown }>(`SELECT type, data FROM platform.live_events WHERE channel = $1 AND data->>'donationId' = $2`, [`user:${donor}`, id]);
    expect(signals).toEqual([{ type: 'donation.completed', data: { donationId: id, caseId, campaignId: null, amount: 5_000, currency: 'EUR' } }]);
  });

  it('fills in the missing ids when the intent comes before the session, and counts once', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId });
    const { stripe_checkout_session_id: session } = await donationRow(app, id);
    const intent = stripeId('pi');
    await expect(
      process(succeeded(id, 1_000, { id: intent }), stripeEvent('checkout.session.completed', paidSession(session!, intent, 1_000)), succeeded(id, 1_000, { id: intent })),
    ).resolves.toEqual(['completed', 'already_completed', 'already_completed']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'completed', stripe_payment_intent_id: intent });
    await expect(total(caseId)).resolves.toMatchObject({ current: 1_000 });
  });

  it('believes the provider about the amount', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount: 1_000 });
    await process(succeeded(id, 900));
    await expect(donationRow(app, id)).resolves.toMatchObject({ amount: '900', requested_amount: '1000', platform_fee_amount: '45', net_amount: '855' });
    await expect(total(caseId)).resolves.toMatchObject({ current: 900 });
  });

  it('completes in another currency without touching the case, and keeps the money unallocated', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId });
    await expect(process(succeeded(id, 1_200, { currency: 'usd' }))).resolves.toEqual(['completed_unallocated']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'completed', amount: '1200', currency: 'USD', credited_at: null, platform_fee_amount: null });
    await expect(total(caseId)).resolves.toEqual({ current: 0, status: 'active' });
    await expect(entries(id)).resolves.toEqual([
      { kind: 'donation', account: 'stripe_balance', amount: '1200', currency: 'USD' },
      { kind: 'donation', account: 'unallocated', amount: '-1200', currency: 'USD' },
    ]);
    await expect(app.sql(`SELECT 1 FROM platform.audit_logs WHERE entity_id = $1 AND action = 'donation.currency_mismatch'`, [id])).resolves.toHaveLength(1);
    const { body } = await app.get<{ items: unknown[]; totals: { raised: number } }>(`/v1/cases/${caseId}/ledger`);
    expect(body).toMatchObject({ items: [], totals: { raised: 0 } });
  });

  it('credits a case that was closed meanwhile, and leaves it closed', async () => {
    const caseId = await insertCase(app, { status: 'closed', lifecycle_stage: 'closed_success' });
    const id = await insertDonation(app, { user_id: donor, case_id: caseId });
    await process(succeeded(id, 1_000));
    await expect(total(caseId)).resolves.toEqual({ current: 1_000, status: 'closed' });
  });

  it('credits a campaign', async () => {
    const campaignId = await insertCampaign(app);
    const id = await insertDonation(app, { user_id: donor, campaign_ref_id: campaignId, amount: 2_000 });
    await process(succeeded(id, 2_000));
    await expect(app.get(`/v1/campaigns/${campaignId}`)).resolves.toMatchObject({ status: 200, body: { current: 2_000, progressPercent: 0.4 } });
    await expect(app.get(`/v1/campaigns/${campaignId}/ledger`)).resolves.toMatchObject({ body: { totals: { raised: 2_000, platformFees: 100, held: 1_900 }, items: [{ amount: -100 }, { amount: 2_000 }] } });
  });

  it('lets a failure be overtaken by a success, and never the other way round', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId });
    const intent = stripeId('pi');
    const failed = (): Event => stripeEvent('payment_intent.payment_failed', { id: intent, object: 'payment_intent', metadata: { donationId: id }, last_payment_error: { code: 'card_declined' } });
    await expect(process(failed(), failed(), succeeded(id, 1_000, { id: intent }), failed())).resolves.toEqual(['failed', 'already_failed', 'completed', 'already_completed']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'completed', failed_at: null });
    const audit = await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id]);
    expect(audit.map(({ action }) => action)).toEqual(['donation.failed', 'donation.completed']);
  });

  it.each([
    ['checkout.session.expired', { status: 'expired', payment_status: 'unpaid' }],
    ['checkout.session.async_payment_failed', { payment_status: 'unpaid' }],
  ])('fails a pending donation on %s', async (type, rest) => {
    const id = await insertDonation(app, { user_id: donor, case_id: await insertCase(app) });
    const { stripe_checkout_session_id: session } = await donationRow(app, id);
    await expect(process(stripeEvent(type, paidSession(session!, stripeId('pi'), 1_000, rest)))).resolves.toEqual(['failed']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'failed', completed_at: null });
  });

  it('waits for a debit that was only ordered', async () => {
    const id = await insertDonation(app, { user_id: donor, case_id: await insertCase(app) });
    const { stripe_checkout_session_id: session } = await donationRow(app, id);
    const intent = stripeId('pi');
    await expect(process(stripeEvent('checkout.session.completed', paidSession(session!, intent, 1_000, { payment_status: 'unpaid' })))).resolves.toEqual(['noted']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'pending', stripe_payment_intent_id: intent });
    await expect(process(stripeEvent('checkout.session.async_payment_succeeded', paidSession(session!, intent, 1_000)))).resolves.toEqual(['completed']);
  });

  it.each([
    ['an unknown intent', () => succeeded(newId(), 1_000)],
    ['an unknown session', () => stripeEvent('checkout.session.completed', paidSession(stripeId('cs_test'), stripeId('pi'), 1_000))],
    ['an unknown charge', () => stripeEvent('charge.updated', { id: stripeId('ch'), object: 'charge', paid: true, payment_intent: stripeId('pi'), balance_transaction: stripeId('txn'), metadata: {} })],
    ['metadata that is no id', () => succeeded('anything; DROP', 1_000)],
  ])('stores %s and changes nothing', async (_, event) => {
    const before = await app.sql(`SELECT count(*) FROM giving.ledger_entries`);
    await expect(process(event())).resolves.toEqual(['donation_not_found']);
    await expect(app.sql(`SELECT count(*) FROM giving.ledger_entries`)).resolves.toEqual(before);
  });

  it('does not let metadata reach a donation that is known under another checkout or payment', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, stripe_payment_intent_id: stripeId('pi') });
    await expect(
      process(succeeded(id, 1_000), stripeEvent('checkout.session.completed', paidSession(stripeId('cs_test'), stripeId('pi'), 1_000, { metadata: { donationId: id } }))),
    ).resolves.toEqual(['donation_not_found', 'donation_not_found']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'pending' });
    const other = await insertDonation(app, { user_id: donor, case_id: caseId, stripe_payment_intent_id: stripeId('pi') });
    const { stripe_payment_intent_id: intent } = await donationRow(app, other);
    await expect(process(succeeded(id, 1_000, { id: intent }))).resolves.toEqual(['donation_not_found']);
  });

  it('ignores checkouts that are not payments and amounts that are nothing', async () => {
    const id = await insertDonation(app, { user_id: donor, case_id: await insertCase(app) });
    const { stripe_checkout_session_id: session } = await donationRow(app, id);
    await expect(
      process(
        stripeEvent('checkout.session.completed', paidSession(session!, stripeId('pi'), 1_000, { mode: 'subscription' })),
        stripeEvent('checkout.session.completed', paidSession(session!, stripeId('pi'), 0, { payment_status: 'no_payment_required' })),
        succeeded(id, 1_000, { currency: 'xxx' }),
      ),
    ).resolves.toEqual(['subscription_not_found', 'nothing_received', 'nothing_received']);
    await expect(donationRow(app, id)).resolves.toMatchObject({ status: 'pending' });
  });

  it('is exact for 60 donations whose events come three times each, shuffled, from eight senders', async () => {
    const caseIds = await Promise.all(Array.from({ length: 4 }, () => insertCase(app)));
    const given = new Map(caseIds.map((caseId) => [caseId, 0]));
    const events: Event[] = [];
    for (let i = 0; i < 60; i++) {
      const caseId = caseIds[i % caseIds.length]!;
      const amount = 100 + randomInt(100_000);
      given.set(caseId, given.get(caseId)! + amount);
      const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount });
      const { stripe_checkout_session_id: session } = await donationRow(app, id);
      const intent = stripeId('pi');
      const both = [succeeded(id, amount, { id: intent }), stripeEvent('checkout.session.completed', paidSession(session!, intent, amount))];
      events.push(...both, ...both, ...both);
    }
    for (let i = events.length - 1; i > 0; i--) {
      const j = randomInt(i + 1);
      [events[i], events[j]] = [events[j]!, events[i]!];
    }
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let event = events.pop(); event; event = events.pop()) expect((await sendEvent(app, event)).status).toBe(200);
      }),
    );
    await app.drain(30_000);

    for (const [caseId, sum] of given) await expect(total(caseId)).resolves.toMatchObject({ current: sum });
    const [counts] = await app.sql(`SELECT count(*) AS donations, count(*) FILTER (WHERE status = 'completed') AS completed, count(DISTINCT receipt_id) AS receipts FROM giving.donations WHERE case_id = ANY($1)`, [caseIds]);
    expect(counts).toEqual({ donations: '60', completed: '60', receipts: '60' });
    const [waiting] = await app.sql<{ n: string }>(`SELECT count(*) AS n FROM giving.stripe_events WHERE processed_at IS NULL`);
    expect(waiting!.n).toBe('0');
  }, 60_000);

  it('leaves books in which every total agrees', async () => {
    const differences: string[] = [];
    await expect(runLedgerVerification(app.databaseUrl, (line) => differences.push(line))).resolves.toBe(0);
    expect(differences).toHaveLength(1);
  });
});
