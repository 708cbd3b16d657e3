import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendEvent } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { AtProvider, eventsProcessed, insertSubscription, subscriptionRow } from '../../../../test/support/subscription.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { verifyLedger } from '../ledger/index.js';
import { SubscriptionEndingService } from './subscription-ending.service.js';
import type { SubscriptionCheckoutView, SubscriptionPage, SubscriptionView } from './subscriptions.dto.js';

describe('recurring support', () => {
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

  type Opened = Answer<SubscriptionCheckoutView & { code: string; errors: { path: string }[] }>;
  const open = (wish: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Opened> =>
    app.post('/v1/subscriptions', {
      token: donor.token,
      headers,
      body: { targetType: 'case', targetId: caseId, amount: 1_000, currency: 'EUR', interval: 'month', successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back`, ...wish },
    });
  const cancel = (id: string, token = donor.token): Promise<Answer<SubscriptionView & { code: string }>> => app.delete(`/v1/subscriptions/${id}`, { token });
  const mine = async (): Promise<SubscriptionView[]> => (await app.get<SubscriptionPage>('/v1/me/subscriptions', { token: donor.token })).body.items;
  const press = (url: string, button: string): Promise<Answer> => app.post(`${new URL(url).pathname}/${button}`);
  const until = async (what: string, read: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await read()); tries++) {
      if (tries > 200) throw new Error(`It never came that ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const atProvider = async (id: string): Promise<string | undefined> =>
    (await app.sql<{ status: string }>(`SELECT data->>'status' AS status FROM sandbox.objects WHERE type = 'subscription' AND id = $1`, [(await subscriptionRow(app, id)).stripe_subscription_id]))[0]?.status;
  /** Opens one and pays for the first time. */
  const begin = async (wish: Record<string, unknown> = {}, button = 'pay'): Promise<string> => {
    const { body } = await open(wish);
    await press(body.checkoutUrl, button);
    await until('it is active', async () => (await subscriptionRow(app, body.id)).status === 'active');
    await until('the first payment is there', async () => (await gifts(body.id)).length > 0);
    return body.id;
  };
  const gifts = (id: string): Promise<{ processor_fee_amount: string | null; stripe_payment_intent_id: string | null; amount: string; currency: string }[]> =>
    app.sql(`SELECT * FROM giving.donations WHERE subscription_id = $1`, [id]);
  /** Presses a button of the sandbox's page of subscriptions. */
  const next = async (id: string, button: 'pay' | 'decline' | 'cancel'): Promise<Answer> => app.post(`/sandbox/subscriptions/${(await subscriptionRow(app, id)).stripe_subscription_id}/${button}`);
  const canceledFor = async (id: string): Promise<string[]> =>
    (await app.sql<{ reason: string }>(`SELECT payload->>'reason' AS reason FROM platform.outbox_events WHERE type = 'giving.subscription.canceled.v1' AND payload->>'subscriptionId' = $1`, [id])).map(({ reason }) => reason);

  describe('opening', () => {
    it('answers where to pay and leaves a pending subscription', async () => {
      const { status, body } = await open({ interval: undefined, currency: undefined });
      expect(status).toBe(201);
      expect(body).toEqual({ id: body.id, status: 'pending', checkoutUrl: expect.stringContaining('/sandbox/checkout/cs_test_'), expiresAt: expect.any(String) });
      expect(await mine()).toEqual([
        expect.objectContaining({ id: body.id, targetType: 'case', targetId: caseId, target: { title: 'Rex was hit by a car', imageUrl: expect.stringMatching(/^\/v1\/files\//) }, status: 'pending', amount: 1_000, currency: 'EUR', interval: 'month', checkoutUrl: body.checkoutUrl, canceledAt: null }),
      ]);
      await expect(app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'subscription.created' AND entity_id = $1`, [body.id])).resolves.toEqual([{ actor_id: donor.id }]);
    });

    it.each([
      ['POST', '/v1/subscriptions'],
      ['GET', '/v1/me/subscriptions'],
      ['DELETE', `/v1/subscriptions/${newId()}`],
    ])('%s %s needs a session', async (method, path) => {
      await expect(app.call(method, path, { body: method === 'POST' ? {} : undefined })).resolves.toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
    });

    it.each([
      ['an unknown kind of target', { targetType: 'campaign' }, 'targetType'],
      ['a target that is no id', { targetId: 'rex' }, 'targetId'],
      ['nothing', { amount: 0 }, 'amount'],
      ['less than one euro', { amount: 99 }, 'amount'],
      ['a fraction of a cent', { amount: 100.5 }, 'amount'],
      ['more than eight digits', { amount: 100_000_000 }, 'amount'],
      ['less than the provider takes', { amount: 49, currency: 'JPY' }, 'amount'],
      ['no currency of this world', { currency: 'XXX' }, 'currency'],
      ['every week', { interval: 'week' }, 'interval'],
      ['an unknown field', { status: 'active' }, 'status'],
      ['a success address elsewhere', { successUrl: 'https://evil.example/thanks' }, 'successUrl'],
      ['a cancel address that is script', { cancelUrl: 'javascript:alert(1)' }, 'cancelUrl'],
    ])('refuses %s', async (_, wish, path) => {
      const answer = await open(wish);
      expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
      expect(answer.body.errors.map((error) => error.path)).toContain(path);
      await expect(mine()).resolves.toEqual([]);
    });

    it.each([
      ['a closed case', { status: 'closed', lifecycle_stage: 'closed_success' }, 409, 'CASE_CLOSED'],
      ['an unverified case of high risk', { risk_level: 'high' }, 409, 'CASE_HIGH_RISK'],
      ['a hidden case', { hidden_at: new Date() }, 404, 'CASE_NOT_FOUND'],
      ['a case in another currency', { fundraising_currency: 'USD' }, 409, 'CURRENCY_MISMATCH'],
    ])('refuses %s', async (_, columns, status, code) => {
      await expect(open({ targetId: await insertCase(app, columns) })).resolves.toMatchObject({ status, body: { code } });
    });

    it('refuses one’s own case, oneself, and persons and cases that are not there', async () => {
      await expect(open({ targetId: await insertCase(app, { user_id: donor.id }) })).resolves.toMatchObject({ status: 403, body: { code: 'SELF_DONATION' } });
      await expect(open({ targetType: 'user', targetId: donor.id })).resolves.toMatchObject({ status: 403, body: { code: 'SELF_DONATION' } });
      await expect(open({ targetType: 'user', targetId: donor.id.toUpperCase() })).resolves.toMatchObject({ status: 403 });
      await expect(open({ targetId: newId() })).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(open({ targetType: 'user', targetId: newId() })).resolves.toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
      await expect(open({ targetType: 'user', targetId: caseId })).resolves.toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
      const erased = await insertUser(app);
      await app.sql(`UPDATE identity.users SET deleted_at = now() WHERE id = $1`, [erased]);
      await expect(open({ targetType: 'user', targetId: erased })).resolves.toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
    });

    it('makes one subscription of eight clicks at once', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => open()));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
      // The ten seconds may turn between two clicks, so there can be a second wish, but never a third.
      expect(new Set(answers.map(({ body }) => body.id)).size).toBeLessThanOrEqual(2);
    });

    it('answers the first checkout again for the same Idempotency-Key, and refuses it for another wish', async () => {
      const key = { 'Idempotency-Key': newId() };
      const first = await open({}, key);
      await expect(open({ amount: 2_000 }, key)).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
      // The process died after the commit and before the answer: the stored answer is gone, the subscription is not.
      await app.sql(`DELETE FROM platform.idempotency_keys WHERE user_id = $1`, [donor.id]);
      await expect(open({}, key)).resolves.toMatchObject({ status: 201, body: first.body });
      await app.sql(`DELETE FROM platform.idempotency_keys WHERE user_id = $1`, [donor.id]);
      await expect(open({ interval: 'year' }, key)).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    });

    it('goes on with a row whose checkout was never opened or stored', async () => {
      const key = newId();
      const id = await insertSubscription(app, { user_id: donor.id, target_id: caseId, idempotency_key: `${donor.id}:key:${key}`, stripe_checkout_session_id: null });
      const first = await open({}, { 'Idempotency-Key': key });
      expect(first).toMatchObject({ status: 201, body: { id, status: 'pending' } });
      // Killed between the provider's answer and ours: the provider answers the same session again.
      await app.sql(`UPDATE giving.subscriptions SET checkout_url = NULL, stripe_checkout_session_id = NULL, success_url = $2, cancel_url = $3 WHERE id = $1`, [id, 'http://localhost/thanks', 'http://localhost/back']);
      await app.sql(`DELETE FROM platform.idempotency_keys WHERE user_id = $1`, [donor.id]);
      expect((await open({}, { 'Idempotency-Key': key })).body.checkoutUrl).toBe(first.body.checkoutUrl);
    });

    it('allows ten an hour to one person', async () => {
      for (let i = 0; i < 10; i++) await expect(open({ amount: 1_000 + i })).resolves.toMatchObject({ status: 201 });
      await expect(open({ amount: 5_000 })).resolves.toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'subscription.checkout' } });
    });
  });

  describe('its life, with the provider’s own events', () => {
    it('goes from the page to active, and each period brings a donation with its fee', async () => {
      const id = await begin();
      await next(id, 'pay');
      await until('two gifts are there with their fees', async () => (await gifts(id)).filter((gift) => gift.processor_fee_amount !== null).length === 2);
      // 1.5 % of 10.00 is 0.15, plus 0.25.
      expect(await gifts(id)).toMatchObject([{ amount: '1000', processor_fee_amount: '40', stripe_payment_intent_id: expect.stringMatching(/^pi_/) }, { processor_fee_amount: '40' }]);
      await expect(app.sql(`SELECT fundraising_current AS n FROM rescue.cases WHERE id = $1`, [caseId])).resolves.toEqual([{ n: '2000' }]);
      await expect(app.get(`/v1/cases/${caseId}/ledger`)).resolves.toMatchObject({ body: { totals: { raised: 2_000, processorFees: 80, platformFees: 100, held: 1_820 } } });
    });

    it('has each payment refunded like any gift, for cases and persons alike', async () => {
      const admin = await app.signIn('refunds@example.org', 'admin');
      for (const wish of [{}, { targetType: 'user', targetId: await insertUser(app) }]) {
        const id = await begin(wish);
        await until('the fee is known', async () => (await gifts(id))[0]!.processor_fee_amount !== null);
        const [gift] = (await gifts(id)) as unknown as [{ id: string }];
        for (const body of [{ amount: 400, reason: 'Asked for it' }, { reason: 'All of it' }]) expect((await app.post(`/v1/admin/donations/${gift.id}/refunds`, { token: admin.token, body })).status).toBe(201);
        await until('it went back', async () => (await app.get(`/v1/donations/${gift.id}`, { token: donor.token })).body['status'] === 'refunded');
      }
      await expect(app.get(`/v1/cases/${caseId}/ledger`)).resolves.toMatchObject({ body: { totals: { raised: 1_000, refunded: 1_000, held: 0 } } });
      await expect(verifyLedger((sql) => app.sql(sql))).resolves.toMatchObject({ differences: [] });
    });

    it('gives yen to a person', async () => {
      const id = await begin({ targetType: 'user', targetId: await insertUser(app), currency: 'JPY', amount: 1_500 });
      expect(await gifts(id)).toMatchObject([{ amount: '1500', currency: 'JPY' }]);
      expect((await mine())[0]).toMatchObject({ targetType: 'user', target: { title: expect.any(String) }, currency: 'JPY' });
    });

    it('falls behind with a declined card, is paid again, and ends when the provider gives up', async () => {
      const id = await begin();
      const is = (status: string): Promise<void> => until(`it is ${status}`, async () => (await subscriptionRow(app, id)).status === status);
      await next(id, 'decline');
      await is('past_due');
      await next(id, 'pay');
      await is('active');
      for (let attempt = 1; attempt <= 3; attempt++) await next(id, 'decline');
      await is('unpaid');
      await next(id, 'decline');
      await is('canceled');
      expect(await canceledFor(id)).toEqual(['provider']);
      expect(await gifts(id)).toHaveLength(2);
    });

    it('ends by the donor at once, at the provider soon after, and only once', async () => {
      const id = await begin();
      const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(id)));
      for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { id, status: 'canceled', canceledAt: expect.any(String), checkoutUrl: null } });
      await until('it has ended at the provider', async () => (await atProvider(id)) === 'canceled');
      await app.drain();
      expect(await canceledFor(id)).toEqual(['donor']);
      expect(await subscriptionRow(app, id)).toMatchObject({ status: 'canceled', cancel_reason: 'donor', stripe_canceled_at: expect.any(Date) });
      await expect(app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'subscription.canceled' AND entity_id = $1`, [id])).resolves.toEqual([{ actor_id: donor.id }]);
      await expect(cancel(id)).resolves.toMatchObject({ status: 200, body: { status: 'canceled' } });
    });

    it('cannot be ended by somebody else, and is not there when it is not', async () => {
      const { body } = await open();
      const stranger = await app.signIn('stranger@example.org');
      await expect(cancel(body.id, stranger.token)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(cancel(newId())).resolves.toMatchObject({ status: 404, body: { code: 'SUBSCRIPTION_NOT_FOUND' } });
      await expect(cancel('rex')).resolves.toMatchObject({ status: 400 });
      expect((await subscriptionRow(app, body.id)).status).toBe('pending');
      await expect(app.get('/v1/me/subscriptions', { token: stranger.token })).resolves.toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    });

    it('closes the checkout of a pending one that is ended', async () => {
      const { body } = await open();
      await cancel(body.id);
      await app.drain();
      expect(await press(body.checkoutUrl, 'pay')).toMatchObject({ status: 409 });
      expect(await subscriptionRow(app, body.id)).toMatchObject({ status: 'canceled', stripe_canceled_at: expect.any(Date) });
    });

    it('ends at the provider what was paid at the moment it was ended here', async () => {
      const { body } = await open();
      await Promise.all([press(body.checkoutUrl, 'pay'), cancel(body.id)]);
      await app.drain();
      expect((await subscriptionRow(app, body.id)).status).toBe('canceled');
      await until('nothing runs at the provider', async () => {
        const running = await app.sql(`SELECT 1 FROM sandbox.objects WHERE type = 'subscription' AND data->'metadata'->>'subscriptionId' = $1 AND data->>'status' <> 'canceled'`, [body.id]);
        return running.length === 0;
      });
    });

    it('ends with its case, and no other does', async () => {
      const owner = await app.signIn(`owner${people}@example.org`);
      const theirs = await insertCase(app, { user_id: owner.id });
      const [closing, pending] = [await begin({ targetId: theirs }), (await open({ targetId: theirs, amount: 700 })).body];
      const other = await begin();
      await expect(app.post(`/v1/cases/${theirs}/lifecycle`, { token: owner.token, body: { stage: 'closed_other' } })).resolves.toMatchObject({ status: 200 });
      for (const id of [closing, pending.id]) await until('it is canceled', async () => (await subscriptionRow(app, id)).status === 'canceled');
      await app.drain();
      expect([await canceledFor(closing), await canceledFor(pending.id), await canceledFor(other)]).toEqual([['case_closed'], ['case_closed'], []]);
      expect([await atProvider(closing), await atProvider(other)]).toEqual(['canceled', 'active']);
      expect(await press(pending.checkoutUrl, 'pay')).toMatchObject({ status: 409 });
    });

    it('ends with an erased donor and with an erased person', async () => {
      const person = await app.signIn(`person${people}@example.org`);
      const given = await begin({ targetType: 'user', targetId: person.id });
      const { body } = await app.post<SubscriptionCheckoutView>('/v1/subscriptions', {
        token: person.token,
        body: { targetType: 'case', targetId: caseId, amount: 500, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` },
      });
      const [{ clerk_id: clerkId }] = (await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [person.id])) as [{ clerk_id: string }];
      await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, clerkId);
      for (const id of [given, body.id]) {
        await until('it is canceled', async () => (await subscriptionRow(app, id)).status === 'canceled');
        expect(await canceledFor(id)).toEqual(['person_erased']);
      }
      expect((await mine())[0]).toMatchObject({ id: given, target: null });
    });
  });

  it('pages newest first', async () => {
    for (let i = 0; i < 3; i++) await insertSubscription(app, { user_id: donor.id, target_id: caseId, amount: 100 + i, created_at: new Date(Date.now() + i) });
    const first = await app.get<SubscriptionPage>('/v1/me/subscriptions?limit=2', { token: donor.token });
    const second = await app.get<SubscriptionPage>(`/v1/me/subscriptions?limit=2&cursor=${first.body.nextCursor}`, { token: donor.token });
    expect([...first.body.items, ...second.body.items].map(({ amount }) => amount)).toEqual([102, 101, 100]);
    expect(second.body.nextCursor).toBeNull();
  });

  it('ends overdue pending ones that no event told of, and tries again to end canceled ones at the provider', async () => {
    const ending = app.app.get(SubscriptionEndingService, { strict: false });
    const { body } = await open();
    const lost = await insertSubscription(app, { user_id: donor.id, target_id: caseId, created_at: new Date(Date.now() - 86_400_000 * 2) });
    const stuck = await insertSubscription(app, { user_id: donor.id, target_id: caseId, status: 'canceled', cancel_reason: 'donor', canceled_at: new Date(Date.now() - 7_200_000) });
    await ending.expirePending();
    await ending.chase();
    await app.drain();
    expect((await subscriptionRow(app, body.id)).status).toBe('pending');
    expect(await subscriptionRow(app, lost)).toMatchObject({ status: 'canceled', cancel_reason: 'checkout_expired' });
    expect((await subscriptionRow(app, stuck)).stripe_canceled_at).not.toBeNull();
    await app.sql(`UPDATE giving.subscriptions SET created_at = created_at - interval '25 hours' WHERE id = $1`, [body.id]);
    await ending.expirePending();
    expect(await subscriptionRow(app, body.id)).toMatchObject({ status: 'canceled', cancel_reason: 'checkout_expired' });
  });
});

describe('recurring support while the provider is away', () => {
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

  it('answers 503, keeps the row, and goes on with it; what it tells counts, and ending support here does not wait for it', async () => {
    const { token, id } = await app.signIn('donor@example.org');
    const body = { targetType: 'case', targetId: await insertCase(app), amount: 1_000, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` };
    const call = { token, body, headers: { 'Idempotency-Key': 'support-1' } };
    await expect(app.post('/v1/subscriptions', call)).resolves.toMatchObject({ status: 503, body: { code: 'PAYMENTS_UNAVAILABLE' } });
    const [row] = await app.sql<{ id: string; status: string }>(`SELECT id, status FROM giving.subscriptions WHERE user_id = $1`, [id]);
    expect(row).toMatchObject({ status: 'pending' });
    provider.away = false;
    await expect(app.post('/v1/subscriptions', call)).resolves.toMatchObject({ status: 201, body: { id: row!.id, checkoutUrl: 'https://checkout.example/cs_test_back' } });
    expect(new Set(provider.keys)).toEqual(new Set([row!.id]));
    provider.away = true;
    const told = new AtProvider(row!.id, 'cs_test_back');
    for (const event of [told.session(), told.invoice('invoice.paid', 1_000)]) await sendEvent(app, event, { secret: 'whsec_away' });
    await eventsProcessed(app);
    expect((await subscriptionRow(app, row!.id)).status).toBe('active');
    await expect(app.sql(`SELECT status FROM giving.donations WHERE subscription_id = $1`, [row!.id])).resolves.toEqual([{ status: 'completed' }]);
    await expect(app.delete(`/v1/subscriptions/${row!.id}`, { token })).resolves.toMatchObject({ status: 200, body: { status: 'canceled' } });
  });
});
