import { disputeMovement, donationRow, insertCampaign, insertDonation, paidIntent, sendEvent, stripeDispute, stripeEvent, stripeId, stripeRefund, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { LedgerFacade, type LedgerStatement, runLedgerVerification } from '../ledger/index.js';

type Event = ReturnType<typeof stripeEvent>;

describe('disputes', () => {
  let app: TestApp;
  let donor: string;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    donor = await insertUser(app);
  });
  afterAll(() => app.stop());

  async function outcomes(...events: Event[]): Promise<(string | null)[]> {
    for (const event of events) {
      expect(await sendEvent(app, event)).toMatchObject({ status: 200 });
      await app.drain();
    }
    const rows = await app.sql<{ event_id: string; outcome: string | null }>(`SELECT event_id, outcome FROM giving.stripe_events WHERE event_id = ANY($1)`, [events.map(({ id }) => id)]);
    return events.map(({ id }) => rows.find((row) => row.event_id === id)!.outcome);
  }
  async function completed(amount: number, columns: Record<string, unknown> = {}): Promise<{ id: string; intent: string; caseId: string }> {
    const caseId = await insertCase(app, { fundraising_goal: amount });
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount, ...columns });
    const intent = stripeId('pi');
    await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(id, amount, { id: intent })));
    return { id, intent, caseId };
  }
  const about = (type: string, dispute: Record<string, unknown>, rest: Record<string, unknown> = {}): Event => stripeEvent(`charge.dispute.${type}`, { ...dispute, ...rest });
  const total = async (caseId: string): Promise<{ current: number; status: string }> => {
    const [row] = await app.sql<{ current: string; status: string }>(`SELECT fundraising_current AS current, status FROM rescue.cases WHERE id = $1`, [caseId]);
    return { current: Number(row!.current), status: row!.status };
  };
  const totals = async (caseId: string): Promise<LedgerStatement['totals']> => (await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`)).body.totals;
  const balance = async (account: string, donationId: string): Promise<number> => {
    const [row] = await app.sql<{ sum: string | null }>(
      `SELECT sum(p.amount) FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id JOIN giving.ledger_entries e ON e.id = p.entry_id WHERE a.kind = $1 AND e.donation_id = $2`,
      [account, donationId],
    );
    return Number(row!.sum ?? 0);
  };
  const published = async (type: string, donationId: string): Promise<Record<string, unknown>[]> =>
    (await app.sql<{ payload: Record<string, unknown> }>(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'donationId' = $2 ORDER BY occurred_at`, [type, donationId])).map(({ payload }) => payload);
  const row = async (stripeDisputeId: string): Promise<Record<string, unknown>> => (await app.sql<Record<string, unknown>>(`SELECT * FROM giving.disputes WHERE stripe_dispute_id = $1`, [stripeDisputeId]))[0]!;

  it('take the money at the withdrawal, and for good when they are lost', async () => {
    const { id, intent, caseId } = await completed(10_000);
    const dispute = stripeDispute(intent, 10_000);
    await outcomes(about('created', dispute));
    expect(await total(caseId)).toEqual({ current: 10_000, status: 'funded' });
    expect(await published('giving.dispute.opened.v1', id)).toMatchObject([{ donorId: donor, caseId, campaignId: null, amount: 10_000, currency: 'EUR', reason: 'fraudulent', evidenceDueBy: expect.any(String) }]);
    expect(await row(dispute.id)).toMatchObject({ status: 'needs_response', evidence_due_by: expect.any(Date), taken_amount: '0', closed_at: null });

    await outcomes(about('funds_withdrawn', dispute, { balance_transactions: [disputeMovement(-10_000, 2_000)] }));
    expect(await total(caseId)).toEqual({ current: 0, status: 'active' });
    expect(await totals(caseId)).toEqual({ raised: 10_000, refunded: 0, disputed: 10_000, processorFees: 0, platformFees: 0, paidOut: 0, held: 0, receivable: 0 });
    expect(await balance('platform_costs', id)).toBe(2_000);
    expect(await balance('stripe_balance', id)).toBe(-2_000);

    await outcomes(about('closed', dispute, { status: 'lost' }));
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed', disputed_amount: '10000' });
    expect(await published('giving.dispute.closed.v1', id)).toMatchObject([{ outcome: 'lost', amount: 10_000, donorId: donor }]);
    expect(await row(dispute.id)).toMatchObject({ status: 'lost', taken_amount: '10000', fee_amount: '2000', fee_currency: 'EUR', closed_at: expect.any(Date) });
    const actions = await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id IN ($1, $2) ORDER BY seq`, [id, (await row(dispute.id))['id']]);
    expect(actions.map(({ action }) => action)).toEqual(['donation.completed', 'dispute.opened', 'donation.disputed', 'dispute.status_changed']);
  });

  it('bring everything back when they are won, but the fee of the dispute', async () => {
    const { id, intent, caseId } = await completed(10_000);
    const dispute = stripeDispute(intent, 10_000);
    const [away, back] = [disputeMovement(-10_000, 2_000), disputeMovement(10_000, 0)];
    await outcomes(
      about('created', dispute),
      about('funds_withdrawn', dispute, { balance_transactions: [away] }),
      about('updated', dispute, { status: 'under_review', balance_transactions: [away] }),
      about('funds_reinstated', dispute, { status: 'won', balance_transactions: [away, back] }),
      about('closed', dispute, { status: 'won', balance_transactions: [away, back] }),
    );
    expect(await total(caseId)).toEqual({ current: 10_000, status: 'funded' });
    expect(await totals(caseId)).toMatchObject({ disputed: 0, platformFees: 500, held: 9_500 });
    expect(await balance('platform_costs', id)).toBe(2_000);
    expect(await published('giving.dispute.closed.v1', id)).toMatchObject([{ outcome: 'won' }]);
  });

  it('take nothing while they are inquiries', async () => {
    const { id, intent, caseId } = await completed(5_000);
    const dispute = stripeDispute(intent, 5_000, { status: 'warning_needs_response' });
    await outcomes(about('created', dispute), about('closed', dispute, { status: 'warning_closed' }));
    expect(await total(caseId)).toMatchObject({ current: 5_000 });
    expect(await published('giving.dispute.closed.v1', id)).toMatchObject([{ outcome: 'warning_closed' }]);
  });

  it('can be appealed after they were lost', async () => {
    const { intent, caseId } = await completed(5_000);
    const dispute = stripeDispute(intent, 5_000);
    await outcomes(about('funds_withdrawn', dispute), about('closed', dispute, { status: 'lost' }), about('updated', dispute, { status: 'appeal_under_review' }));
    expect(await row(dispute.id)).toMatchObject({ closed_at: null });
    expect(await total(caseId)).toMatchObject({ current: 0 });
    await outcomes(about('closed', dispute, { status: 'won' }));
    expect(await total(caseId)).toMatchObject({ current: 5_000 });
  });

  it.each(['won', 'lost'] as const)('that are %s end alike in any order, with every event twice', async (outcome) => {
    const { id, intent, caseId } = await completed(3_333);
    const dispute = stripeDispute(intent, 3_333);
    const away = disputeMovement(-3_333, 2_000);
    const movements = outcome === 'won' ? [away, disputeMovement(3_333, 0)] : [away];
    const events = [
      about('created', dispute),
      about('funds_withdrawn', dispute, { balance_transactions: [away] }),
      about('updated', dispute, { status: 'under_review', balance_transactions: [away] }),
      ...(outcome === 'won' ? [about('funds_reinstated', dispute, { status: 'won', balance_transactions: movements })] : []),
      about('closed', dispute, { status: outcome, balance_transactions: movements }),
    ];
    await outcomes(...events.toReversed(), ...events.map((event) => ({ ...event, id: stripeId('evt') })));
    expect(await total(caseId)).toMatchObject({ current: outcome === 'won' ? 3_333 : 0 });
    expect(await balance('platform_costs', id)).toBe(2_000);
    expect(await row(dispute.id)).toMatchObject({ status: outcome, taken_amount: outcome === 'won' ? '0' : '3333' });
    expect(await published('giving.dispute.opened.v1', id)).toHaveLength(1);
    expect(await published('giving.dispute.closed.v1', id)).toHaveLength(1);
  });

  it('wait for a donation that nobody knew of yet', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount: 1_000 });
    const intent = stripeId('pi');
    const charge = stripeId('ch');
    const early = about('funds_withdrawn', stripeDispute(intent, 1_000, { payment_intent: null, charge }));
    await expect(outcomes(early)).resolves.toEqual(['waiting_for_donation']);
    await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(id, 1_000, { id: intent })));
    await expect(outcomes(early)).resolves.toEqual(['waiting_for_donation']);
    await outcomes(stripeEvent('charge.succeeded', { id: charge, object: 'charge', paid: true, payment_intent: intent, balance_transaction: null, metadata: {} }));
    await expect(outcomes(early)).resolves.toEqual(['dispute_needs_response']);
    expect(await total(caseId)).toMatchObject({ current: 0 });
  });

  it('of a payment that was refunded before take no more of the fund than it got', async () => {
    const { id, intent, caseId } = await completed(1_000);
    const dispute = stripeDispute(intent, 1_000);
    await outcomes(stripeEvent('refund.created', stripeRefund(intent, 400)), about('funds_withdrawn', dispute));
    expect(await total(caseId)).toMatchObject({ current: 0 });
    expect(await totals(caseId)).toMatchObject({ refunded: 400, disputed: 600, platformFees: 0, held: 0, receivable: 0 });
    expect(await balance('platform_costs', id)).toBe(400);
    await outcomes(about('closed', dispute, { status: 'won' }));
    expect(await totals(caseId)).toMatchObject({ refunded: 400, disputed: 0, platformFees: 30, held: 570 });
    expect(await balance('platform_costs', id)).toBe(0);
  });

  it('and refunds under way at the same time end in books that agree', async () => {
    const { id, intent, caseId } = await completed(1_000);
    const [refund, dispute] = [stripeRefund(intent, 1_000, { status: 'pending' }), stripeDispute(intent, 1_000)];
    await outcomes(stripeEvent('refund.created', refund), about('funds_withdrawn', dispute), stripeEvent('refund.failed', { ...refund, status: 'failed' }), about('closed', dispute, { status: 'lost' }));
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed', refunded_amount: '0', disputed_amount: '1000' });
    expect(await totals(caseId)).toMatchObject({ refunded: 0, disputed: 1_000, held: 0 });
    expect(await balance('platform_costs', id)).toBe(0);
  });

  it('after a payout become a receivable, which the next donations make good', async () => {
    const { intent, caseId } = await completed(10_000);
    await app.app.get(Database).transaction((tx) =>
      app.app.get(LedgerFacade).book(tx, { key: newId(), kind: 'payout', currency: 'EUR', description: 'To the clinic', caseId, postings: [{ account: 'case_funds', ownerId: caseId, amount: 9_000 }, { account: 'bank', amount: -9_000 }] }),
    );
    await outcomes(about('funds_withdrawn', stripeDispute(intent, 10_000)));
    expect(await totals(caseId)).toMatchObject({ raised: 10_000, disputed: 10_000, paidOut: 9_000, held: 0, receivable: 9_000 });
    const [receivable] = await app.sql<{ sum: string }>(`SELECT sum(p.amount) FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id WHERE a.kind = 'case_receivables' AND a.owner_id = $1`, [caseId]);
    expect(receivable!.sum).toBe('9000');

    const next = await insertDonation(app, { user_id: donor, case_id: caseId, amount: 10_000 });
    await outcomes(stripeEvent('payment_intent.succeeded', paidIntent(next, 10_000)));
    expect(await totals(caseId)).toMatchObject({ raised: 20_000, disputed: 10_000, platformFees: 500, held: 500, receivable: 0 });
    const { body } = await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`);
    expect(body.items.filter(({ kind }) => kind === 'donation').map(({ amount }) => amount)).toEqual([10_000, 10_000]);
  });

  it('take a campaign’s total down too', async () => {
    const campaignId = await insertCampaign(app);
    const { intent } = await completed(2_000, { case_id: null, campaign_ref_id: campaignId });
    await outcomes(about('funds_withdrawn', stripeDispute(intent, 500)));
    await expect(app.get(`/v1/campaigns/${campaignId}`)).resolves.toMatchObject({ body: { current: 1_500 } });
    await expect(app.get(`/v1/campaigns/${campaignId}/ledger`)).resolves.toMatchObject({ body: { totals: { raised: 2_000, disputed: 500, platformFees: 75, held: 1_425 } } });
  });

  it('may announce themselves by a warning of fraud, which marks the donation and alerts staff once', async () => {
    const { id, intent } = await completed(1_000);
    const warning = { id: stripeId('issfr'), object: 'radar.early_fraud_warning', actionable: true, charge: stripeId('ch'), fraud_type: 'made_with_stolen_card', payment_intent: intent };
    await expect(outcomes(stripeEvent('radar.early_fraud_warning.created', warning), stripeEvent('radar.early_fraud_warning.created', warning))).resolves.toEqual(['fraud_warned', 'already_warned']);
    expect(await app.sql(`SELECT fraud_warning FROM giving.donations WHERE id = $1`, [id])).toEqual([{ fraud_warning: 'made_with_stolen_card' }]);
    expect(await app.sql(`SELECT kind FROM platform.alerts WHERE subject = $1`, [id])).toEqual([{ kind: 'giving.fraud_warning' }]);
  });

  it('leave books in which every total agrees', async () => {
    const lines: string[] = [];
    await runLedgerVerification(app.databaseUrl, (line) => lines.push(line));
    expect(lines).toEqual([expect.stringMatching(/^The books balance/)]);
  });
});
