import { insertCampaign, insertDonation, paidIntent, sendEvent, stripeEvent, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { pdfPages, plain } from '../../../../test/support/pdf.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { formatMoney } from '../../../platform/money/money.js';
import { ReceiptsService } from './receipts.service.js';
import { receiptTexts } from './receipt-texts.js';
import type { ReceiptList } from './receipts.dto.js';

interface Person {
  token: string;
  id: string;
}

describe('receipts', () => {
  let app: TestApp;
  let donor: Person;
  let stranger: Person;
  let admin: Person;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, RECEIPT_ISSUER_NAME: 'Лапа ЕООД', RECEIPT_ISSUER_REGISTRATION: 'ЕИК 205 000 000' });
    [donor, stranger, admin] = await Promise.all([app.signIn('giulia@example.org'), app.signIn('stranger@example.org'), app.signIn('admin@example.org', 'admin')]);
  });
  afterAll(() => app.stop());
  afterEach(() => app.app.get(Clock).pretend(null));

  /** A donation that the provider has confirmed. */
  async function given({ by = donor, amount = 2_550, currency = 'EUR', ...columns }: Record<string, unknown> & { by?: Person; amount?: number; currency?: string } = {}): Promise<string> {
    const target = columns['campaign_ref_id'] ? {} : { case_id: await insertCase(app, { fundraising_currency: currency, fundraising_goal: 90_000_000 }) };
    const id = await insertDonation(app, { user_id: by.id, amount, currency, ...target, ...columns });
    const charged = currency === 'ISK' ? amount * 100 : amount;
    await sendEvent(app, stripeEvent('payment_intent.succeeded', paidIntent(id, charged, { currency: currency.toLowerCase() })));
    await app.drain();
    return id;
  }
  const bytes = async (path: string, token = donor.token, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; body: Uint8Array }> => {
    const response = await fetch(app.url + path, { headers: { Authorization: `Bearer ${token}`, ...headers } });
    return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
  };
  const pdfText = async (path: string, token?: string): Promise<string> => {
    const answer = await bytes(path, token);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    return (await pdfPages(answer.body)).join(' ');
  };
  const list = async (id: string): Promise<ReceiptList['items']> => (await app.get<ReceiptList>(`/v1/donations/${id}/receipts`, { token: donor.token })).body.items;
  const credit = (donationId: string, amount: number, refundId = newId(), at = new Date()): Promise<string | null> =>
    app.app.get(Database).transaction((tx) => app.app.get(ReceiptsService, { strict: false }).issueCreditNote(tx, { refundId, donationId, amount, at }));
  const speak = (language: string, { token } = donor): Promise<unknown> => app.put('/v1/me/settings', { token, body: { language } });

  it.each(['en', 'bg', 'de', 'ru', 'uk'])('can be read in %s, with sums, names and numbers', async (language) => {
    await speak(language);
    const id = await given({ amount: 123_450 });
    const [receipt] = await list(id);
    const texts = receiptTexts(language);
    const money = (amount: number): string => plain(formatMoney({ amount, currency: 'EUR' }, texts.locale));
    const expected = [
      'Лапа ЕООД', 'ЕИК 205 000 000', texts.receipt, receipt!.number, 'giulia', 'Rex was hit by a car', 'EUR', texts.noReturn,
      `${texts.received} ${money(123_450)}`, texts.platformFee(money(6_173), plain(new Intl.NumberFormat(texts.locale, { style: 'percent' }).format(0.05))),
      plain(new Intl.DateTimeFormat(texts.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(receipt!.issuedAt))),
    ].map(plain);
    const text = await pdfText(`/v1/donations/${id}/receipt`);
    for (const part of expected) expect(text).toContain(part);

    const page = await app.get<string>(`/v1/donations/${id}/receipt`, { token: donor.token, headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const visible = plain(page.body.replaceAll(/<[^>]*>/g, ' '));
    for (const part of expected) expect(visible).toContain(part);
    expect(page.body).toContain(`<html lang="${texts.locale}">`);
    await speak('en');
  });

  it.each([
    ['JPY', 5_000, '¥5,000', 'JP¥5,000'],
    ['KWD', 12_340, 'KWD 12.340', ''],
    ['HUF', 2_000_050, 'HUF 20,000.50', ''],
    ['ISK', 1_500, 'ISK 1,500', ''],
  ])('writes %s with its own decimals', async (currency, amount, written, other) => {
    const text = await pdfText(`/v1/donations/${await given({ currency, amount })}/receipt`);
    expect(text).toMatch(new RegExp(`Amount received (${written.replaceAll('.', '\\.')}|${other || written}) `));
    expect(text).toContain(`Currency ${currency}`);
  });

  it('names the campaign, the anonymous gift and what the provider told', async () => {
    const id = await given({ campaign_ref_id: await insertCampaign(app), anonymous: true, currency: 'EUR' });
    await app.sql(`UPDATE giving.donations SET processor_fee_amount = 63, settled_amount = 2775, settled_currency = 'USD' WHERE id = $1`, [id]);
    const text = await pdfText(`/v1/donations/${id}/receipt`);
    for (const part of ['A warm winter for 40 dogs', 'You gave anonymously', 'giulia', 'Fee of the payment provider: €0.63.', 'settled the payment as US$27.75']) expect(text).toContain(part);
  });

  it('is the same bytes each time, and nothing to a client that has it', async () => {
    const path = `/v1/donations/${await given()}/receipt`;
    const [first, second] = [await bytes(path), await bytes(path)];
    expect(Buffer.compare(first.body, second.body)).toBe(0);
    const again = await bytes(path, donor.token, { 'If-None-Match': first.headers.get('etag')! });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const page = await bytes(path, donor.token, { Accept: 'text/html', 'If-None-Match': first.headers.get('etag')! });
    expect([page.status, page.headers.get('vary')]).toEqual([200, 'Accept, Authorization']);
  });

  it.each([
    ['*/*', 'application/pdf'],
    ['application/pdf', 'application/pdf'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['text/html;q=0.5, application/pdf', 'application/pdf'],
    ['application/json', 'application/pdf'],
  ])('answers %s with %s', async (accept, type) => {
    const id = await given();
    expect((await bytes(`/v1/donations/${id}/receipt`, donor.token, { Accept: accept })).headers.get('content-type')).toBe(type);
  });

  it('keeps what was issued, whatever becomes of the case', async () => {
    const id = await given();
    await app.sql(`UPDATE rescue.cases SET title = 'Another title', hidden_at = now() WHERE id = (SELECT case_id FROM giving.donations WHERE id = $1)`, [id]);
    expect(await pdfText(`/v1/donations/${id}/receipt`)).toContain('Rex was hit by a car');
    await expect(app.sql(`UPDATE giving.receipts SET amount = 1 WHERE donation_id = $1`, [id])).rejects.toThrow(/append-only/);
  });

  it('is issued once, also where the event was lost and many ask at the same time', async () => {
    const caseId = await insertCase(app);
    const id = await insertDonation(app, { user_id: donor.id, case_id: caseId, status: 'completed', completed_at: new Date(), receipt_id: 'PT-LOSTEVNT' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => bytes(`/v1/donations/${id}/receipt`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await list(id)).toMatchObject([{ kind: 'receipt', number: 'PT-LOSTEVNT', amount: 1_000, currency: 'EUR' }]);
  });

  describe('after refunds', () => {
    it('stay as they were, beside a credit note for each', async () => {
      const id = await given({ amount: 10_000 });
      const [before] = await list(id);
      const refundId = newId();
      await expect(credit(id, 2_500, refundId)).resolves.toBe(`${before!.number}-C1`);
      await expect(credit(id, 2_500, refundId)).resolves.toBe(`${before!.number}-C1`);
      await expect(credit(id, 7_500)).resolves.toBe(`${before!.number}-C2`);

      const items = await list(id);
      expect(items.map(({ kind, number, amount }) => ({ kind, number, amount }))).toEqual([
        { kind: 'receipt', number: before!.number, amount: 10_000 },
        { kind: 'credit_note', number: `${before!.number}-C1`, amount: 2_500 },
        { kind: 'credit_note', number: `${before!.number}-C2`, amount: 7_500 },
      ]);
      const receipt = await pdfText(items[0]!.url);
      for (const part of ['Amount received €100.00', `${before!.number}-C1 -€25.00`, 'Remaining donation €0.00']) expect(receipt).toContain(part);
      const partial = await pdfText(items[1]!.url);
      for (const part of ['Credit note', `To receipt ${before!.number}`, 'Amount refunded €25.00', 'Remaining donation €75.00']) expect(partial).toContain(part);
      expect(await pdfText(items[2]!.url)).toContain('Remaining donation €0.00');
    });

    it('come with a credit note for each refund that the provider made, partial and full', async () => {
      const checkout = await app.post<{ donationId: string; checkoutUrl: string }>('/v1/donations/checkout-sessions', {
        token: donor.token,
        body: { caseId: await insertCase(app), amount: 10_000, currency: 'EUR', anonymous: true, successUrl: `${app.url}/a`, cancelUrl: `${app.url}/b` },
      });
      const id = checkout.body.donationId;
      await app.post(`${new URL(checkout.body.checkoutUrl).pathname}/pay`);
      const issued = async (count: number): Promise<ReceiptList['items']> => {
        for (let tries = 0; tries < 200; tries++) {
          const items = await list(id);
          if (items.length >= count) return items;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`never ${count} papers`);
      };
      await issued(1);
      for (const [count, body] of [[2, { amount: 2_500, reason: 'Too much' }], [3, { reason: 'Changed their mind' }]] as const) {
        expect((await app.post(`/v1/admin/donations/${id}/refunds`, { token: admin.token, body })).status).toBe(201);
        await issued(count);
      }
      const [receipt, ...notes] = await issued(3);
      expect(notes.map(({ kind, number, amount }) => [kind, number, amount])).toEqual([
        ['credit_note', `${receipt!.number}-C1`, 2_500],
        ['credit_note', `${receipt!.number}-C2`, 7_500],
      ]);
      expect(await pdfText(`/v1/donations/${id}/receipt`)).toMatch(/Amount received €100\.00 .*Remaining donation €0\.00/);
    });

    it('number the credit notes of refunds that succeed at the same time', async () => {
      const id = await given({ amount: 10_000 });
      const numbers = await Promise.all(Array.from({ length: 5 }, () => credit(id, 1_000)));
      expect(numbers.map((number) => number!.slice(-2)).sort()).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
    });

    it('credit no more than was received, whatever a bank takes beside', async () => {
      const id = await given({ amount: 1_000 });
      await credit(id, 700);
      await credit(id, 1_000);
      await expect(credit(id, 1_000)).resolves.toBeNull();
      expect((await list(id)).map(({ amount }) => amount)).toEqual([1_000, 700, 300]);
    });

    it('issue no credit note for what was never received', async () => {
      const id = await insertDonation(app, { user_id: donor.id, case_id: await insertCase(app) });
      await expect(credit(id, 100)).resolves.toBeNull();
    });
  });

  describe('of a year', () => {
    it('sum up what came and went in it by UTC, in each currency', async () => {
      const person = await app.signIn('yearly@example.org');
      const at = (time: string): void => app.app.get(Clock).pretend(new Date(time), 0);
      at('2025-12-31T23:59:59.999Z');
      await given({ by: person, amount: 1_000 });
      at('2026-01-01T00:00:00.000Z');
      const refunded = await given({ by: person, amount: 20_000 });
      const yen = await given({ by: person, amount: 3_000, currency: 'JPY' });
      await credit(refunded, 4_000, newId(), new Date('2026-02-01T12:00:00Z'));
      at('2026-06-01T12:00:00.000Z');

      const now = await pdfText('/v1/me/receipts/2026', person.token);
      for (const part of ['Statement of donations 2026', 'yearly', '1 January 2026 – 31 December 2026', 'Drawn up on 1 June 2026', 'Currency: EUR', 'Donations €200.00', 'Refunds -€40.00', 'Total EUR €160.00', 'Currency: JPY', 'Total JPY JP¥3,000']) {
        expect(now).toContain(part);
      }
      const [number] = await app.sql<{ receipt_id: string }>(`SELECT receipt_id FROM giving.donations WHERE id = $1`, [yen]);
      expect(now).toContain(number!.receipt_id);
      const before = await pdfText('/v1/me/receipts/2025', person.token);
      expect(before).toContain('Total EUR €10.00');
      expect(before).not.toContain('JPY');
    });

    it('say that there was nothing', async () => {
      const { token } = await app.signIn('nothing@example.org');
      expect(await pdfText('/v1/me/receipts/2024', token)).toContain('No donation was received from you in this year.');
      const page = await app.get<string>('/v1/me/receipts/2024', { token, headers: { Accept: 'text/html' } });
      expect(page.body).toContain('No donation was received from you in this year.');
    });

    it('run over many sheets with their heads and every row', async () => {
      const person = await app.signIn('often@example.org');
      const caseId = await insertCase(app, { title: 'A very long title of a case that has to be broken into more than one line of the table' });
      for (let i = 0; i < 90; i++) {
        await insertDonation(app, { user_id: person.id, case_id: caseId, amount: 100 + i, status: 'completed', completed_at: new Date(), receipt_id: `PT-MANY00${String(i).padStart(2, '0')}` });
      }
      const { body } = await bytes(`/v1/me/receipts/${new Date().getUTCFullYear()}`, person.token);
      const pages = await pdfPages(body);
      expect(pages.length).toBeGreaterThan(3);
      for (const [index, page] of pages.entries()) expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      for (const page of pages.slice(0, -1)) expect(page).toContain('Date Number Description Amount');
      for (let i = 0; i < 90; i++) expect(pages.join(' ')).toContain(`PT-MANY00${String(i).padStart(2, '0')}`);
      expect(pages.at(-1)).toContain('Total EUR €130.05');
    });

    it.each(['1899', '2019', '99999', '26', 'now', '2026.0', '-2026', String(new Date().getUTCFullYear() + 1)])('are refused for %s', async (year) => {
      await expect(app.get(`/v1/me/receipts/${year}`, { token: donor.token })).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path: 'year' }] } });
    });
  });

  describe('are for the donor and staff only', () => {
    let id: string;
    let paths: string[];
    beforeAll(async () => {
      id = await given();
      paths = [`/v1/donations/${id}/receipt`, `/v1/donations/${id}/receipts`, `/v1/donations/${id}/receipts/${(await list(id))[0]!.id}`];
    });

    it('and shown to both', async () => {
      for (const path of paths) for (const { token } of [donor, admin]) expect((await bytes(path, token)).status).toBe(200);
    });

    it('never to guests or strangers, who get a problem whatever they accept', async () => {
      for (const path of paths) {
        const headers = { Accept: 'application/pdf' };
        const refused = await app.get(path, { token: stranger.token, headers });
        expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
        expect(refused.headers.get('content-type')).toContain('application/problem+json');
        await expect(app.get(path, { headers })).resolves.toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
      }
      await expect(app.get('/v1/me/receipts/2026')).resolves.toMatchObject({ status: 401 });
    });

    it('and not there for unknown donations and receipts', async () => {
      const { token } = donor;
      for (const path of [`/v1/donations/${newId()}/receipt`, `/v1/donations/${newId()}/receipts`, `/v1/donations/${newId()}/receipts/${newId()}`]) {
        await expect(app.get(path, { token })).resolves.toMatchObject({ status: 404, body: { code: 'DONATION_NOT_FOUND' } });
      }
      await expect(app.get(`/v1/donations/${id}/receipts/${newId()}`, { token })).resolves.toMatchObject({ status: 404, body: { code: 'RECEIPT_NOT_FOUND' } });
      await expect(app.get('/v1/donations/rex/receipt', { token })).resolves.toMatchObject({ status: 400 });
    });

    it('and not ready before the payment', async () => {
      const pending = await insertDonation(app, { user_id: donor.id, case_id: await insertCase(app) });
      await expect(app.get(`/v1/donations/${pending}/receipt`, { token: donor.token })).resolves.toMatchObject({ status: 409, body: { code: 'RECEIPT_NOT_READY' } });
      expect(await list(pending)).toEqual([]);
    });
  });
});
