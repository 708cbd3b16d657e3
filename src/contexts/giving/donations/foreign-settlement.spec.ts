import { insertDonation, paidIntent, sendEvent, stripeEvent, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { type LedgerStatement, runLedgerVerification } from '../ledger/index.js';
import { ProcessorFeeService } from './processor-fee.service.js';

describe('a donation that the provider settles in another currency', () => {
  let app: TestApp;
  let donor: string;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    donor = await insertUser(app);
  });
  afterAll(() => app.stop());

  /** Completes a donation and lets the provider tell, many times at once, how it settled it in euros. */
  async function settled(currency: string, amount: number, euros: number, fee: number, caseCurrency = currency): Promise<{ id: string; caseId: string }> {
    const caseId = await insertCase(app, { fundraising_currency: caseCurrency, fundraising_goal: 90_000_000 });
    const id = await insertDonation(app, { user_id: donor, case_id: caseId, amount, currency });
    await sendEvent(app, stripeEvent('payment_intent.succeeded', paidIntent(id, amount, { currency: currency.toLowerCase() })));
    await app.drain();
    const balanceTransaction = { id: `txn_${id}`, amount: euros, currency: 'EUR', fee, net: euros - fee, exchangeRate: 0.5 };
    const details = { paymentIntentId: `pi_${id}`, chargeId: `ch_${id}`, receiptUrl: null, paymentMethod: 'card', balanceTransaction };
    const tell = (): Promise<string> => app.app.get(Database).transaction((tx) => app.app.get(ProcessorFeeService, { strict: false }).record(tx, id, details));
    expect(await Promise.all([tell(), tell(), tell()])).toEqual(Array(3).fill('fee_known'));
    return { id, caseId };
  }
  const balances = async (id: string): Promise<Record<string, number>> => {
    const rows = await app.sql<{ account: string; amount: string }>(
      `SELECT a.kind || ' ' || a.currency AS account, sum(p.amount) AS amount FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id
         JOIN giving.ledger_entries e ON e.id = p.entry_id WHERE e.donation_id = $1 GROUP BY 1`,
      [id],
    );
    return Object.fromEntries(rows.map(({ account, amount }) => [account, Number(amount)]));
  };

  it.each([
    // 3.000 KWD came to 8.96 EUR, of which 0.38 is 0.127 KWD.
    ['KWD', 3_000, 896, 38, 127],
    // 20,000.00 HUF came to 50.63 EUR, of which 1.01 is 398.97 HUF.
    ['HUF', 2_000_000, 5_063, 101, 39_897],
    ['JPY', 5_000, 3_125, 72, 115],
  ])('counts in %s, and the balance in euros', async (currency, amount, euros, fee, converted) => {
    const { id, caseId } = await settled(currency, amount, euros, fee);
    const [row] = await app.sql(`SELECT amount, currency, settled_amount, settled_currency, exchange_rate, processor_fee_amount FROM giving.donations WHERE id = $1`, [id]);
    expect(row).toEqual({ amount: String(amount), currency, settled_amount: String(euros), settled_currency: 'EUR', exchange_rate: 0.5, processor_fee_amount: String(converted) });
    const platformFee = Math.floor((amount * 500 + 5_000) / 10_000);
    expect(await balances(id)).toEqual({
      [`case_funds ${currency}`]: converted + platformFee - amount,
      [`platform_revenue ${currency}`]: -platformFee,
      [`stripe_balance ${currency}`]: 0,
      [`currency_exchange ${currency}`]: amount - converted,
      'currency_exchange EUR': fee - euros,
      'stripe_balance EUR': euros - fee,
    });
    const { body } = await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`);
    expect(body).toMatchObject({ currency, totals: { raised: amount, processorFees: converted, platformFees: platformFee, held: amount - converted - platformFee } });
  });

  it('bears a fee that is less than the smallest unit', async () => {
    const { id } = await settled('JPY', 50, 3_100, 1);
    expect(await balances(id)).toMatchObject({ 'case_funds JPY': -47, 'stripe_balance EUR': 3_099, 'currency_exchange EUR': -3_099 });
  });

  it('takes the fee of what waits unallocated from there', async () => {
    const { id, caseId } = await settled('USD', 1_200, 1_100, 42, 'EUR');
    expect(await balances(id)).toEqual({ 'unallocated USD': -1_154, 'stripe_balance USD': 0, 'currency_exchange USD': 1_154, 'currency_exchange EUR': -1_058, 'stripe_balance EUR': 1_058 });
    await expect(app.get(`/v1/cases/${caseId}/ledger`)).resolves.toMatchObject({ body: { items: [], totals: { raised: 0, processorFees: 0 } } });
  });

  it('leaves books that balance, and a check that would see otherwise', async () => {
    const lines: string[] = [];
    const verify = (): Promise<number> => runLedgerVerification(app.databaseUrl, (line) => lines.push(line));
    await expect(verify()).resolves.toBe(0);
    await app.sql(`UPDATE giving.donations SET settled_amount = settled_amount + 1 WHERE currency = 'HUF'`);
    await expect(verify()).resolves.toBe(1);
    expect(lines.join('\n')).toContain('settlement equals its exchange');
  });
});
