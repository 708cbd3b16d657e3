import { sendEvent, stripeEvent, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { StripeEventHandlers } from './stripe-event-handlers.js';
import { StripeEventsService } from './stripe-events.service.js';

describe('the webhook of the payment provider', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET })));
  afterAll(() => app.stop());

  const stored = (eventId: string): Promise<{ id: string; outcome: string | null; attempts: number; last_error: string | null }[]> =>
    app.sql(`SELECT id, outcome, attempts, last_error FROM giving.stripe_events WHERE event_id = $1`, [eventId]);
  const event = (): ReturnType<typeof stripeEvent> => stripeEvent('customer.created', { id: 'cus_1', object: 'customer' });

  it('stores a signed event, answers, and ignores what nobody handles', async () => {
    const sent = event();
    await expect(sendEvent(app, sent)).resolves.toMatchObject({ status: 200, body: { received: true } });
    await app.drain();
    await expect(stored(sent.id)).resolves.toMatchObject([{ outcome: 'ignored' }]);
  });

  it('answers duplicates alike and keeps one', async () => {
    const sent = event();
    const answers = await Promise.all(Array.from({ length: 6 }, () => sendEvent(app, sent)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    await expect(stored(sent.id)).resolves.toHaveLength(1);
  });

  it.each([
    ['a wrong secret', { secret: 'whsec_other' }],
    ['a signature of six minutes ago', { ageSeconds: 360 }],
  ])('refuses %s and writes nothing', async (_, how) => {
    const sent = event();
    await expect(sendEvent(app, sent, how)).resolves.toMatchObject({ status: 400, body: { code: 'SIGNATURE_INVALID' } });
    await expect(stored(sent.id)).resolves.toEqual([]);
  });

  it.each([
    ['no signature', {}],
    ['an empty signature', { 'Stripe-Signature': '' }],
    ['what is no signature', { 'Stripe-Signature': 't=now,v1=zz' }],
  ])('refuses %s', async (_, headers: Record<string, string>) => {
    const sent = event();
    const answer = await app.post('/webhooks/stripe', { body: JSON.stringify(sent), headers: { 'Content-Type': 'application/json', ...headers } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'SIGNATURE_INVALID' } });
    await expect(stored(sent.id)).resolves.toEqual([]);
  });

  it('refuses a body that was changed after signing', async () => {
    const sent = event();
    let changed: string | undefined;
    const tamper = { post: (path: string, options: { body: string; headers: Record<string, string> }) => app.post(path, { ...options, body: (changed = options.body.replace('cus_1', 'cus_2')) }) };
    await expect(sendEvent(tamper as unknown as TestApp, sent)).resolves.toMatchObject({ status: 400 });
    expect(changed).toContain('cus_2');
    await expect(stored(sent.id)).resolves.toEqual([]);
  });

  it('keeps an event that fails, with its error, until it can be processed', async () => {
    let broken = true;
    app.app.get(StripeEventHandlers).register('customer.updated', async () => {
      if (broken) throw new Error('the books are locked');
      return { outcome: 'mended' };
    });
    const sent = stripeEvent('customer.updated', { id: 'cus_1', object: 'customer' });
    await sendEvent(app, sent);
    await app.drain();
    const [failed] = await stored(sent.id);
    expect(failed).toMatchObject({ outcome: null, last_error: 'the books are locked' });
    expect(failed!.attempts).toBeGreaterThan(0);

    broken = false;
    await app.sql(`UPDATE giving.stripe_events SET received_at = received_at - interval '1 day' WHERE id = $1`, [failed!.id]);
    await app.app.get(StripeEventsService).sweep();
    await expect(stored(sent.id)).resolves.toMatchObject([{ outcome: 'mended', last_error: null }]);
  });

  it('processes again what staff resend, and audits it', async () => {
    const sent = event();
    await sendEvent(app, sent);
    await app.drain();
    const [first] = await stored(sent.id);
    await app.sql(`UPDATE giving.stripe_events SET outcome = 'stale' WHERE id = $1`, [first!.id]);
    await app.app.get(StripeEventsService).resend(SYSTEM, [first!.id], null);
    await app.drain();
    await expect(stored(sent.id)).resolves.toMatchObject([{ outcome: 'ignored' }]);
    await expect(app.sql(`SELECT 1 FROM platform.audit_logs WHERE action = 'stripe_event.resent' AND entity_id = $1`, [first!.id])).resolves.toHaveLength(1);
  });
});
