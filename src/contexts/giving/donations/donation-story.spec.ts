import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { donationRow } from '../../../../test/support/giving.factory.js';
import type { LedgerStatement } from '../ledger/index.js';
import { runLedgerVerification } from '../ledger/index.js';
import type { CheckoutSessionView, DonationPage } from './donations.dto.js';

/** Nothing here is simulated by the test: the real client talks to the payments sandbox, which answers by webhook. */
describe('the story of a donation', () => {
  let app: TestApp;
  let donor: { token: string; id: string };

  beforeAll(async () => {
    app = await TestApp.start();
    donor = await app.signIn('donor@example.org');
  });
  afterAll(() => app.stop());

  const open = async (caseId: string, amount: number, currency = 'EUR'): Promise<CheckoutSessionView> => {
    const answer = await app.post<CheckoutSessionView>('/v1/donations/checkout-sessions', {
      token: donor.token,
      body: { caseId, amount, currency, anonymous: false, successUrl: `${app.url}/case/${caseId}?donation=success`, cancelUrl: `${app.url}/case/${caseId}` },
    });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  };
  const press = (checkout: CheckoutSessionView, button: string): Promise<{ status: number; headers: Headers }> => app.post(`${new URL(checkout.checkoutUrl).pathname}/${button}`);
  const until = async <T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> => {
    for (let tries = 0; ; tries++) {
      const value = await read();
      if (done(value)) return value;
      if (tries > 200) throw new Error(`still ${JSON.stringify(value)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('goes from the checkout over the paid page to total, ledger, fee and receipt', async () => {
    const caseId = await insertCase(app, { fundraising_goal: 2_000 });
    const checkout = await open(caseId, 2_550);
    expect(checkout.checkoutUrl).toMatch(/\/sandbox\/checkout\/cs_test_/);
    const page = await app.call<string>('GET', new URL(checkout.checkoutUrl).pathname);
    expect(page.status).toBe(200);
    expect(page.body).toContain('€25.50');

    const paid = await press(checkout, 'pay');
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`${app.url}/case/${caseId}?donation=success`);
    await until(() => donationRow(app, checkout.donationId), (row) => row.processor_fee_amount !== null);

    const row = await donationRow(app, checkout.donationId);
    // 1.5 % of 25.50 is 0.38, plus 0.25; 5 % of it is 1.275, half up.
    expect(row).toMatchObject({ status: 'completed', amount: '2550', processor_fee_amount: '63', platform_fee_amount: '128', net_amount: '2359' });
    expect(row.receipt_id).toMatch(/^PT-[A-Z0-9]{8}$/);
    const [rescued] = await app.sql(`SELECT fundraising_current, status FROM rescue.cases WHERE id = $1`, [caseId]);
    expect(rescued).toEqual({ fundraising_current: '2550', status: 'funded' });

    const { body: ledger } = await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`);
    expect(ledger.totals).toEqual({ raised: 2_550, refunded: 0, disputed: 0, processorFees: 63, platformFees: 128, paidOut: 0, held: 2_359, receivable: 0 });
    expect(ledger.items.map(({ kind, amount, currency, reference }) => ({ kind, amount, currency, reference }))).toEqual([
      { kind: 'processor_fee', amount: -63, currency: 'EUR', reference: row.receipt_id },
      { kind: 'platform_fee', amount: -128, currency: 'EUR', reference: row.receipt_id },
      { kind: 'donation', amount: 2_550, currency: 'EUR', reference: row.receipt_id },
    ]);
    expect(JSON.stringify(ledger)).not.toContain(donor.id);

    const { body: mine } = await app.get<DonationPage>('/v1/me/donations', { token: donor.token });
    expect(mine.items[0]).toMatchObject({ id: checkout.donationId, status: 'completed', paymentMethod: 'card', checkoutUrl: null, case: { title: 'Rex was hit by a car' } });
    expect(mine.items[0]?.receiptUrl).toMatch(/\/sandbox\/receipts\/ch_/);
    const receipt = await app.call<string>('GET', new URL(mine.items[0]!.receiptUrl!).pathname);
    expect(receipt.body).toContain('€25.50');
  });

  it('completes a bank debit only when the bank has answered', async () => {
    const caseId = await insertCase(app);
    const checkout = await open(caseId, 3_000);
    expect((await press(checkout, 'pay-later')).status).toBe(303);
    await until(() => app.sql(`SELECT 1 FROM giving.stripe_events WHERE type = 'checkout.session.completed' AND donation_id = $1`, [checkout.donationId]), (rows) => rows.length > 0);
    expect((await donationRow(app, checkout.donationId)).status).toBe('pending');
    const row = await until(() => donationRow(app, checkout.donationId), ({ status }) => status !== 'pending');
    expect(row).toMatchObject({ status: 'completed', amount: '3000' });
  });

  it('fails on a declined card, and completes when the donor tries again', async () => {
    const caseId = await insertCase(app);
    const checkout = await open(caseId, 4_000);
    await press(checkout, 'decline');
    await until(() => donationRow(app, checkout.donationId), ({ status }) => status === 'failed');
    await press(checkout, 'pay');
    const row = await until(() => donationRow(app, checkout.donationId), ({ status }) => status === 'completed');
    expect(row.failed_at).toBeNull();
  });

  it('counts yen in yen', async () => {
    const caseId = await insertCase(app, { fundraising_currency: 'JPY', fundraising_goal: 10_000 });
    const checkout = await open(caseId, 5_000, 'JPY');
    await press(checkout, 'pay');
    await until(() => app.sql<{ n: string | null }>(`SELECT balance_transaction->>'fee' AS n FROM giving.donations WHERE id = $1`, [checkout.donationId]), ([row]) => row!.n !== null);
    const row = await donationRow(app, checkout.donationId);
    // Settled as 31.25 EUR, of which the fee is 0.72: 115 of the 5000 yen.
    expect(row).toMatchObject({ status: 'completed', amount: '5000', currency: 'JPY', processor_fee_amount: '115', platform_fee_amount: '250', net_amount: '4635' });
    await expect(app.get(`/v1/donations/${checkout.donationId}`, { token: donor.token })).resolves.toMatchObject({ body: { settledAmount: 3_125, settledCurrency: 'EUR', exchangeRate: 0.00625 } });
    const balances = await app.sql(
      `SELECT a.kind, a.currency, sum(p.amount)::int AS amount FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id
         JOIN giving.ledger_entries e ON e.id = p.entry_id WHERE e.donation_id = $1 GROUP BY a.kind, a.currency ORDER BY a.kind, a.currency`,
      [checkout.donationId],
    );
    expect(balances).toEqual([
      { kind: 'case_funds', currency: 'JPY', amount: -4_635 },
      { kind: 'currency_exchange', currency: 'EUR', amount: -3_053 },
      { kind: 'currency_exchange', currency: 'JPY', amount: 4_885 },
      { kind: 'platform_revenue', currency: 'JPY', amount: -250 },
      { kind: 'stripe_balance', currency: 'EUR', amount: 3_053 },
      { kind: 'stripe_balance', currency: 'JPY', amount: 0 },
    ]);
    const { body: ledger } = await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`);
    expect(ledger).toMatchObject({ currency: 'JPY', totals: { raised: 5_000, processorFees: 115, platformFees: 250, held: 4_635 } });
    expect(ledger.items.map(({ kind }) => kind)).toEqual(['processor_fee', 'platform_fee', 'donation']);
  });

  it('leaves books in which every total agrees', async () => {
    await app.drain();
    const lines: string[] = [];
    await expect(runLedgerVerification(app.databaseUrl, (line) => lines.push(line))).resolves.toBe(0);
    expect(lines.join()).toMatch(/balance/);
  });
});
