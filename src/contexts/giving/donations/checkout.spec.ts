import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { donationRow, insertCampaign } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { CheckoutSessionView } from './donations.dto.js';

describe('opening a checkout', () => {
  let app: TestApp;
  let donor: { token: string; id: string };
  let caseId: string;
  let people = 0;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());
  /** Ten checkouts an hour are allowed to one person, so each test has its own. */
  beforeEach(async () => {
    donor = await app.signIn(`donor${++people}@example.org`);
    caseId = await insertCase(app);
  });

  const open = (wish: Record<string, unknown> = {}, headers: Record<string, string> = {}, token: string | undefined = donor.token): Promise<Answer<CheckoutSessionView & { code: string; errors: { path: string }[] }>> =>
    app.post('/v1/donations/checkout-sessions', {
      token,
      headers,
      body: { caseId, amount: 2_500, currency: 'EUR', anonymous: false, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back`, ...wish },
    });

  it('answers where to pay and leaves a pending donation', async () => {
    const answer = await open({ message: ' Get <b>well</b> soon ', anonymous: true });
    expect(answer.status).toBe(201);
    expect(Date.parse(answer.body.expiresAt)).toBeGreaterThan(Date.now());
    const row = await donationRow(app, answer.body.donationId);
    expect(row).toMatchObject({ status: 'pending', amount: '2500', currency: 'EUR', user_id: donor.id, case_id: caseId, message: 'Get well soon', anonymous: true, receipt_id: null });
    expect(answer.body.checkoutUrl).toContain(row.stripe_checkout_session_id);
    await expect(app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'donation.checkout_created' AND entity_id = $1`, [answer.body.donationId])).resolves.toEqual([{ actor_id: donor.id }]);
  });

  it('needs a session', async () => {
    await expect(app.post('/v1/donations/checkout-sessions', { body: {} })).resolves.toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });

  it.each([
    ['no target', { caseId: undefined }, 'caseId'],
    ['two targets', { campaignId: newId() }, 'caseId'],
    ['nothing', { amount: 0 }, 'amount'],
    ['a negative amount', { amount: -500 }, 'amount'],
    ['a fraction of a cent', { amount: 100.5 }, 'amount'],
    ['an amount as text', { amount: '2500' }, 'amount'],
    ['less than one euro', { amount: 99 }, 'amount'],
    ['more than a million euros', { amount: 100_000_001 }, 'amount'],
    ['no currency of this world', { currency: 'XXX' }, 'currency'],
    ['a message of 501 characters', { message: 'x'.repeat(501) }, 'message'],
    ['an unknown field', { status: 'completed' }, 'status'],
    ['a success address elsewhere', { successUrl: 'https://evil.example/thanks' }, 'successUrl'],
    ['a success address that only looks like ours', { successUrl: 'http://localhost:3000@evil.example/' }, 'successUrl'],
    ['a cancel address that is script', { cancelUrl: 'javascript:alert(1)' }, 'cancelUrl'],
    ['no success address', { successUrl: undefined }, 'successUrl'],
    ['a case id that is none', { caseId: 'rex' }, 'caseId'],
  ])('refuses %s', async (_, wish, path) => {
    const answer = await open(wish);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    expect(answer.body.errors.map((error) => error.path)).toContain(path);
    await expect(app.sql(`SELECT 1 FROM giving.donations WHERE user_id = $1`, [donor.id])).resolves.toEqual([]);
  });

  it('takes exactly one euro', async () => {
    await expect(open({ amount: 100 })).resolves.toMatchObject({ status: 201 });
  });

  it.each([
    ['a closed case', { status: 'closed', lifecycle_stage: 'closed_success' }, 409, 'CASE_CLOSED'],
    ['an unverified case of high risk', { risk_level: 'high' }, 409, 'CASE_HIGH_RISK'],
    ['a hidden case', { hidden_at: new Date() }, 404, 'CASE_NOT_FOUND'],
    ['a case in another currency', { fundraising_currency: 'USD' }, 409, 'CURRENCY_MISMATCH'],
  ])('refuses %s', async (_, columns, status, code) => {
    await expect(open({ caseId: await insertCase(app, columns) })).resolves.toMatchObject({ status, body: { code } });
  });

  it('refuses an unknown case, and the owner', async () => {
    await expect(open({ caseId: newId() })).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(open({ caseId: await insertCase(app, { user_id: donor.id }) })).resolves.toMatchObject({ status: 403, body: { code: 'SELF_DONATION' } });
  });

  it.each([
    ['an active campaign', {}, 201, undefined],
    ['a completed campaign', { status: 'completed' }, 409, 'CAMPAIGN_CLOSED'],
    ['a cancelled campaign', { status: 'cancelled' }, 404, 'CAMPAIGN_NOT_FOUND'],
    ['a campaign that counts meals', { unit: 'meals' }, 409, 'CURRENCY_MISMATCH'],
  ])('gives to %s as its state allows', async (_, columns, status, code) => {
    const answer = await open({ caseId: undefined, campaignId: await insertCampaign(app, columns) });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  it('makes one donation of eight clicks at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => open()));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    // The ten seconds may turn between two clicks, so there can be a second wish, but never a third.
    expect(new Set(answers.map(({ body }) => body.donationId)).size).toBeLessThanOrEqual(2);
    const rows = await app.sql<{ url: string }>(`SELECT checkout_url AS url FROM giving.donations WHERE user_id = $1`, [donor.id]);
    expect(new Set(answers.map(({ body }) => body.checkoutUrl))).toEqual(new Set(rows.map(({ url }) => url)));
  });

  it('answers the first checkout again for the same Idempotency-Key, and refuses it for another wish', async () => {
    const key = { 'Idempotency-Key': newId() };
    const [first, second] = [await open({}, key), await open({}, key)];
    expect(second).toMatchObject({ status: 201, body: first.body });
    await expect(open({ amount: 2_600 }, key)).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    // The process died after the commit and before the answer: the stored answer is gone, the donation is not.
    await app.sql(`DELETE FROM platform.idempotency_keys WHERE user_id = $1`, [donor.id]);
    await expect(open({}, key)).resolves.toMatchObject({ status: 201, body: first.body });
    await app.sql(`DELETE FROM platform.idempotency_keys WHERE user_id = $1`, [donor.id]);
    await expect(open({ amount: 2_600 }, key)).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('keeps keys of different people apart', async () => {
    const key = { 'Idempotency-Key': newId() };
    const first = await open({}, key);
    const other = await app.signIn('someone.else@example.org');
    const second = await open({}, key, other.token);
    expect(second.status).toBe(201);
    expect(second.body.donationId).not.toBe(first.body.donationId);
  });

  it('makes a new donation of the same wish once the first is settled', async () => {
    const first = await open();
    await app.sql(`UPDATE giving.donations SET status = 'failed', failed_at = now() WHERE id = $1`, [first.body.donationId]);
    const second = await open();
    expect(second.status).toBe(201);
    expect(second.body.donationId).not.toBe(first.body.donationId);
  });

  it('allows ten an hour to one person; refused ones do not count', async () => {
    await expect(open({ amount: 1 })).resolves.toMatchObject({ status: 400 });
    for (let i = 0; i < 10; i++) await expect(open({ amount: 1_000 + i })).resolves.toMatchObject({ status: 201 });
    const refused = await open({ amount: 5_000 });
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'donation.checkout' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('opening a checkout while the provider is away', () => {
  /** Stands in for the provider: down at first, then back. */
  const provider = { away: true, keys: [] as unknown[] };
  const server = createServer((request, response) => {
    provider.keys.push(request.headers['idempotency-key']);
    const session = { id: 'cs_test_back', object: 'checkout.session', url: 'https://checkout.example/cs_test_back', expires_at: Math.floor(Date.now() / 1_000) + 86_400 };
    response.writeHead(provider.away ? 500 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(provider.away ? { error: { type: 'api_error', message: 'away' } } : session));
  });
  let app: TestApp;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    app = await TestApp.start({ STRIPE_SECRET_KEY: 'sk_test_away', STRIPE_WEBHOOK_SECRET: 'whsec_away', STRIPE_API_BASE: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await app.stop();
    server.closeAllConnections();
    server.close();
  });

  it('answers 503, keeps the donation, and goes on with it when the provider is back', async () => {
    const { token, id } = await app.signIn('donor@example.org');
    const body = { caseId: await insertCase(app), amount: 2_500, currency: 'EUR', anonymous: false, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` };
    const call = { token, body, headers: { 'Idempotency-Key': 'gift-1' } };
    const refused = await app.post('/v1/donations/checkout-sessions', call);
    expect(refused).toMatchObject({ status: 503, body: { code: 'PAYMENTS_UNAVAILABLE' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const pending = await app.sql<{ id: string; status: string }>(`SELECT id, status FROM giving.donations WHERE user_id = $1`, [id]);
    expect(pending).toMatchObject([{ status: 'pending' }]);

    provider.away = false;
    const answer = await app.post<CheckoutSessionView>('/v1/donations/checkout-sessions', call);
    expect(answer).toMatchObject({ status: 201, body: { donationId: pending[0]!.id, checkoutUrl: 'https://checkout.example/cs_test_back' } });
    expect(new Set(provider.keys)).toEqual(new Set([pending[0]!.id]));
  });
});
