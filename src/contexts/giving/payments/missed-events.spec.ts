import { Stripe } from 'stripe';
import { donationRow, sendEvent, stripeEvent, stripeId, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { PaymentsSandboxAddress } from '../payments-sandbox/index.js';
import { MissedEventsService } from './missed-events.service.js';

/** The sandbox's webhooks are kept back here, so that only asking brings its events. */
describe('events whose webhook never came', () => {
  let app: TestApp;
  let stripe: Stripe;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    const { port } = new URL(app.app.get(PaymentsSandboxAddress, { strict: false }).apiBase);
    const [secret] = await app.sql<{ value: string }>(`SELECT value FROM platform.installation_secrets WHERE name = 'payments_sandbox.secret_key'`);
    stripe = new Stripe(secret!.value, { host: '127.0.0.1', port, protocol: 'http' });
    await app.sql(`CREATE FUNCTION sandbox.mute() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.next_attempt_at = NULL; RETURN NEW; END'`);
    await app.sql(`CREATE TRIGGER mute BEFORE INSERT ON sandbox.events FOR EACH ROW EXECUTE FUNCTION sandbox.mute()`);
  });
  afterAll(() => app.stop());

  const fetchMissed = (): Promise<number> => app.app.get(MissedEventsService, { strict: false }).fetch();
  async function paid(): Promise<{ id: string; intent: string }> {
    const donor = await app.signIn(`${stripeId('donor')}@example.org`);
    const { body } = await app.post<{ donationId: string; checkoutUrl: string }>('/v1/donations/checkout-sessions', {
      token: donor.token,
      body: { caseId: await insertCase(app), amount: 1_000, currency: 'EUR', anonymous: false, successUrl: `${app.url}/a`, cancelUrl: `${app.url}/b` },
    });
    await app.post(`${new URL(body.checkoutUrl).pathname}/pay`);
    const session = await stripe.checkout.sessions.retrieve(new URL(body.checkoutUrl).pathname.split('/').pop()!);
    return { id: body.donationId, intent: String(session.payment_intent) };
  }

  it('are fetched, stored and processed, once', async () => {
    const { id, intent } = await paid();
    await stripe.refunds.create({ payment_intent: intent, amount: 300 });
    expect(await donationRow(app, id)).toMatchObject({ status: 'pending' });
    expect(await fetchMissed()).toBeGreaterThan(4);
    await app.drain();
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed', refunded_amount: '300' });
    await fetchMissed();
    await app.drain();
    expect(await donationRow(app, id)).toMatchObject({ refunded_amount: '300' });
    const [twice] = await app.sql<{ n: string }>(`SELECT count(*) - count(DISTINCT event_id) AS n FROM giving.stripe_events`);
    expect(twice!.n).toBe('0');
  });

  it('are fetched although later ones came through', async () => {
    const { id } = await paid();
    await app.sql(`UPDATE sandbox.events SET created_at = created_at - interval '1 day', data = jsonb_set(data, '{created}', to_jsonb((data->>'created')::bigint - 86400)) WHERE delivered_at IS NULL`);
    await sendEvent(app, stripeEvent('product.created', { id: stripeId('prod'), object: 'product' }));
    expect(await fetchMissed()).toBeGreaterThan(3);
    await app.drain();
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed' });
  });
});
