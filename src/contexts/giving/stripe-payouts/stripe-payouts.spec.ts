import { sendEvent, stripeEvent, stripeId, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';

describe('payouts from the provider to our bank', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET })));
  afterAll(() => app.stop());

  const payout = (rest: Record<string, unknown> = {}): Record<string, unknown> & { id: string } => ({ id: stripeId('po'), object: 'payout', amount: 50_000, currency: 'eur', arrival_date: 1_795_000_000, status: 'in_transit', failure_code: null, failure_message: null, ...rest });
  async function outcomes(...events: ReturnType<typeof stripeEvent>[]): Promise<(string | null)[]> {
    for (const event of events) {
      expect(await sendEvent(app, event)).toMatchObject({ status: 200 });
      await app.drain();
    }
    const rows = await app.sql<{ event_id: string; outcome: string | null }>(`SELECT event_id, outcome FROM giving.stripe_events WHERE event_id = ANY($1)`, [events.map(({ id }) => id)]);
    return events.map(({ id }) => rows.find((row) => row.event_id === id)!.outcome);
  }
  const atBank = async (id: string): Promise<number[]> =>
    (await app.sql<{ amount: string }>(
      `SELECT p.amount FROM giving.ledger_entries e JOIN giving.ledger_postings p ON p.entry_id = e.id JOIN giving.ledger_accounts a ON a.id = p.account_id
        WHERE e.source = $1 AND e.kind = 'bank_transfer' AND a.kind = 'bank' ORDER BY e.occurred_at, e.id`,
      [id],
    )).map(({ amount }) => Number(amount));

  it('move the balance to the bank when they are paid, once', async () => {
    const sent = payout();
    const paid = stripeEvent('payout.paid', { ...sent, status: 'paid' });
    await expect(outcomes(stripeEvent('payout.created', sent), paid, { ...paid, id: stripeId('evt') }, stripeEvent('payout.updated', sent))).resolves.toEqual(['payout_in_transit', 'payout_paid', 'payout_paid', 'payout_paid']);
    expect(await atBank(sent.id)).toEqual([50_000]);
  });

  it('come back when they fail, with an alert, in any order', async () => {
    const failed = { status: 'failed', failure_code: 'account_closed', failure_message: 'The bank account has been closed.' };
    const [late, early] = [payout(), payout()];
    await outcomes(stripeEvent('payout.paid', { ...late, status: 'paid' }), stripeEvent('payout.failed', { ...late, ...failed }));
    await outcomes(stripeEvent('payout.failed', { ...early, ...failed }), stripeEvent('payout.paid', { ...early, status: 'paid' }));
    expect(await atBank(late.id)).toEqual([50_000, -50_000]);
    expect(await atBank(early.id)).toEqual([]);
    expect(await app.sql(`SELECT subject, details FROM platform.alerts WHERE kind = 'giving.payout_failed' ORDER BY raised_at`)).toMatchObject([{ subject: late.id, details: { code: 'account_closed' } }, { subject: early.id }]);
  });

  it('leave other events stored and ignored', async () => {
    await expect(outcomes(stripeEvent('product.created', { id: stripeId('prod'), object: 'product' }), stripeEvent('payout.updated', payout({ status: 'some_new_status' })))).resolves.toEqual(['ignored', 'ignored']);
  });
});
