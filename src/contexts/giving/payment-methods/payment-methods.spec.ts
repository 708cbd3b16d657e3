import { stripeEvent, stripeId, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { AtProvider, insertSubscription, processEvents, subscriptionRow } from '../../../../test/support/subscription.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import type { PaymentMethodPage, PaymentMethodView } from './payment-methods.dto.js';

type Event = ReturnType<typeof stripeEvent>;

describe('payment methods', () => {
  let app: TestApp;
  let person: { token: string; id: string };
  let customer: string;
  let provider: AtProvider;
  let people = 0;
  beforeAll(async () => (app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET })));
  afterAll(() => app.stop());
  beforeEach(async () => {
    person = await app.signIn(`person${++people}@example.org`);
    const subscription = await insertSubscription(app, { user_id: person.id, target_id: await insertCase(app) });
    provider = new AtProvider(subscription, (await subscriptionRow(app, subscription)).stripe_checkout_session_id);
    customer = provider.customer;
  });

  const attached = (rest: Record<string, unknown> = {}, type = 'payment_method.attached'): Event =>
    stripeEvent(type, {
      id: stripeId('pm'),
      object: 'payment_method',
      type: 'card',
      customer,
      billing_details: { email: 'somebody@example.org', name: 'Somebody' },
      card: { brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2031 },
      ...rest,
    });
  const list = async (): Promise<PaymentMethodView[]> => (await app.get<PaymentMethodPage>('/v1/me/payment-methods', { token: person.token })).body.items;
  /** The person's methods, oldest first, after one event for each. */
  const save = async (...events: Event[]): Promise<PaymentMethodView[]> => {
    await processEvents(app, provider.session(), ...events);
    return (await list()).reverse();
  };
  const makeDefault = (id: string, token = person.token): Promise<Answer<PaymentMethodView>> => app.put(`/v1/payment-methods/${id}/default`, { token });
  const remove = (id: string, token = person.token): Promise<Answer> => app.delete(`/v1/payment-methods/${id}`, { token });
  const stored = (id: string): Promise<Record<string, unknown>[]> => app.sql(`SELECT * FROM giving.payment_methods WHERE id = $1`, [id]);

  it.each([
    ['GET', '/v1/me/payment-methods'],
    ['DELETE', `/v1/payment-methods/${newId()}`],
    ['PUT', `/v1/payment-methods/${newId()}/default`],
    ['POST', '/v1/payment-methods'],
  ])('%s %s is not for strangers', async (method, path) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(method === 'POST' ? 404 : 401);
  });

  it('keeps what the provider saved: enough to tell it from others, and no more', async () => {
    const [card] = await save(attached());
    expect(card).toEqual({ id: expect.any(String), type: 'card', name: 'Mastercard ending in 4444', lastFour: '4444', expiryMonth: 3, expiryYear: 2031, isDefault: false, createdAt: expect.any(String) });
    const [row] = await stored(card!.id);
    expect(JSON.stringify(row)).not.toMatch(/somebody/i);
  });

  it.each([
    ['a bank account', { type: 'sepa_debit', card: undefined, sepa_debit: { last4: '3000' } }, { type: 'bank', name: 'Bank account ending in 3000', lastFour: '3000', expiryMonth: null }],
    ['PayPal, without the e-mail', { type: 'paypal', card: undefined, paypal: { payer_email: 'somebody@example.org' } }, { type: 'paypal', name: 'PayPal', lastFour: null }],
    ['a card of a brand that is not known', { card: { brand: 'unknown', last4: '1111', exp_month: 1, exp_year: 2030 } }, { type: 'card', name: 'Card ending in 1111' }],
  ])('knows %s', async (_, rest, expected) => {
    expect(await save(attached(rest))).toMatchObject([expected]);
  });

  it('waits with a method until it is known whose it is, and ignores ways to pay that cannot be saved', async () => {
    const event = attached();
    await expect(processEvents(app, event, provider.session(), attached({ type: 'cashapp', card: undefined }))).resolves.toEqual(['payment_method_kept', 'active', 'ignored']);
    await expect(list()).resolves.toMatchObject([{ lastFour: '4444' }]);
  });

  it('follows a new expiry, and the provider’s letting go', async () => {
    const event = attached();
    const { object } = event['data'] as { object: Record<string, unknown> };
    const renewed = { ...object, card: { brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2036 } };
    expect(await save(event, event, stripeEvent('payment_method.automatically_updated', renewed))).toMatchObject([{ expiryYear: 2036 }]);
    await expect(processEvents(app, stripeEvent('payment_method.detached', { ...object, customer: null }))).resolves.toEqual(['payment_method_removed']);
    await expect(list()).resolves.toEqual([]);
    await expect(processEvents(app, stripeEvent('payment_method.attached', object))).resolves.toEqual(['payment_method_gone']);
    await expect(list()).resolves.toEqual([]);
  });

  it('has one default at most, also after twelve calls at once', async () => {
    const methods = await save(attached(), attached(), attached());
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => makeDefault(methods[i % 3]!.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect((await list()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
    await expect(makeDefault(methods[1]!.id)).resolves.toMatchObject({ status: 200, body: { id: methods[1]!.id, isDefault: true } });
    expect((await list()).filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([methods[1]!.id]);
    await makeDefault(methods[1]!.id);
    const audits = await app.sql<{ after: string }>(`SELECT metadata_json->'after'->>'default' AS after FROM platform.audit_logs WHERE action = 'payment_method.default_changed' AND entity_id = $1 ORDER BY seq DESC`, [methods[1]!.id]);
    expect(audits[0]).toEqual({ after: methods[1]!.id });
  });

  it('removes for good, leaves no default then, and keeps nothing but the provider’s id', async () => {
    const [first, second] = await save(attached(), attached());
    await makeDefault(first!.id);
    await expect(remove(first!.id)).resolves.toMatchObject({ status: 204 });
    expect(await list()).toMatchObject([{ id: second!.id, isDefault: false }]);
    expect(await stored(first!.id)).toMatchObject([{ name: '', last_four: null, expiry_month: null, is_default: false, removed_at: expect.any(Date) }]);
    await expect(remove(first!.id)).resolves.toMatchObject({ status: 404, body: { code: 'PAYMENT_METHOD_NOT_FOUND' } });
    await expect(makeDefault(first!.id)).resolves.toMatchObject({ status: 404 });
    await expect(app.sql(`SELECT actor_id FROM platform.audit_logs WHERE action = 'payment_method.removed' AND entity_id = $1`, [first!.id])).resolves.toEqual([{ actor_id: person.id }]);
  });

  it('belongs to its person', async () => {
    const [card] = await save(attached());
    const { token } = await app.signIn('stranger@example.org');
    await expect(remove(card!.id, token)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await expect(makeDefault(card!.id, token)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await expect(app.get('/v1/me/payment-methods', { token })).resolves.toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    for (const call of [remove, makeDefault]) {
      await expect(call('rex')).resolves.toMatchObject({ status: 400 });
      await expect(call(newId())).resolves.toMatchObject({ status: 404, body: { code: 'PAYMENT_METHOD_NOT_FOUND' } });
    }
    await expect(list()).resolves.toHaveLength(1);
  });

  it('goes with an erased person, whatever the provider tells later', async () => {
    await save(attached());
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [person.id]);
    await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await processEvents(app, attached(), provider.invoice('invoice.paid', 1_000), attached());
    await expect(app.sql(`SELECT 1 FROM giving.payment_methods WHERE user_id = $1`, [person.id])).resolves.toEqual([]);
  });
});

describe('payment methods at the payments sandbox', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('comes with the first payment of support, and is let go at the provider when it is removed', async () => {
    const { token } = await app.signIn('donor@example.org');
    const { body } = await app.post<{ checkoutUrl: string }>('/v1/subscriptions', {
      token,
      body: { targetType: 'case', targetId: await insertCase(app), amount: 1_000, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` },
    });
    await app.post(`${new URL(body.checkoutUrl).pathname}/pay`);
    const until = async <T>(read: () => Promise<T[]>): Promise<T> => {
      for (let tries = 0; tries < 200; tries++) {
        const [first] = await read();
        if (first) return first;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('It never came');
    };
    const card = await until(async () => (await app.get<PaymentMethodPage>('/v1/me/payment-methods', { token })).body.items);
    expect(card).toMatchObject({ type: 'card', name: 'Visa ending in 4242', lastFour: '4242', expiryMonth: 12, expiryYear: 2034 });
    await app.delete(`/v1/payment-methods/${card.id}`, { token });
    await until(() => app.sql(`SELECT 1 FROM sandbox.objects WHERE type = 'payment_method' AND data->>'customer' IS NULL`));
    await app.drain();
    await expect(app.get('/v1/me/payment-methods', { token })).resolves.toMatchObject({ body: { items: [] } });
  });
});
