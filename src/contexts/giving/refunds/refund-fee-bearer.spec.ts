import { disputeMovement, insertDonation, paidIntent, sendEvent, stripeDispute, stripeEvent, stripeId, stripeRefund, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { ProcessorFeeService } from '../donations/processor-fee.service.js';
import type { LedgerStatement } from '../ledger/index.js';
import { runLedgerVerification } from '../ledger/index.js';

describe('with REFUND_FEE_BEARER=fund', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, REFUND_FEE_BEARER: 'fund' })));
  afterAll(() => app.stop());

  async function tell(type: string, object: Record<string, unknown>): Promise<void> {
    expect((await sendEvent(app, stripeEvent(type, object))).status).toBe(200);
    await app.drain();
  }
  const totals = async (caseId: string): Promise<LedgerStatement['totals']> => (await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`)).body.totals;

  it('what the provider keeps of refunds and disputes stays with the fund, as a receivable where it is empty', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: await insertUser(app), case_id: caseId, amount: 10_000 });
    const intent = stripeId('pi');
    await tell('payment_intent.succeeded', paidIntent(id, 10_000, { id: intent }));
    await app.app.get(Database).transaction((tx) =>
      app.app.get(ProcessorFeeService, { strict: false }).record(tx, id, {
        paymentIntentId: intent,
        chargeId: stripeId('ch'),
        receiptUrl: null,
        paymentMethod: 'card',
        balanceTransaction: { id: stripeId('txn'), amount: 10_000, currency: 'EUR', fee: 175, net: 9_825, exchangeRate: null },
      }),
    );
    await tell('refund.created', stripeRefund(intent, 4_000));
    expect(await totals(caseId)).toMatchObject({ raised: 10_000, refunded: 4_000, platformFees: 300, processorFees: 175, held: 5_525 });
    await tell('charge.dispute.funds_withdrawn', stripeDispute(intent, 6_000, { balance_transactions: [disputeMovement(-6_000, 2_000)] }));
    expect(await totals(caseId)).toEqual({ raised: 10_000, refunded: 4_000, disputed: 6_000, platformFees: 0, processorFees: 2_175, paidOut: 0, held: 0, receivable: 2_175 });
    await expect(runLedgerVerification(app.databaseUrl, () => undefined)).resolves.toBe(0);
  });
});
