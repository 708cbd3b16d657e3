import { newId } from '../../src/platform/ids.js';
import { sendEvent, stripeEvent, stripeId } from './giving.factory.js';
import type { TestApp } from './test-app.js';

type Event = ReturnType<typeof stripeEvent>;

/** A subscription row as it stands. */
export interface StoredSubscription {
  id: string;
  user_id: string;
  status: string;
  stripe_subscription_id: string | null;
  stripe_checkout_session_id: string | null;
  cancel_reason: string | null;
  canceled_at: Date | null;
  stripe_canceled_at: Date | null;
}

export const subscriptionRow = async (app: TestApp, id: string): Promise<StoredSubscription> =>
  (await app.sql<StoredSubscription>(`SELECT * FROM giving.subscriptions WHERE id = $1`, [id]))[0]!;

/** A pending subscription straight in the database, for tests below the checkout. */
export async function insertSubscription(app: TestApp, columns: Record<string, unknown> & { user_id: string; target_id: string }): Promise<string> {
  const row: Record<string, unknown> = {
    id: newId(),
    target_type: 'case',
    amount: 1_000,
    currency: 'EUR',
    success_url: 'http://localhost/thanks',
    cancel_url: 'http://localhost/back',
    stripe_checkout_session_id: stripeId('cs_test'),
    created_at: new Date(),
    updated_at: new Date(),
    ...columns,
  };
  const names = Object.keys(row);
  await app.sql(`INSERT INTO giving.subscriptions (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
  return row['id'] as string;
}

/** The provider's side of one subscription: the ids that it gives, and the events that it sends. */
export class AtProvider {
  readonly id = stripeId('sub');
  readonly customer = stripeId('cus');
  private readonly metadata: Record<string, string>;

  /** @param named whether the metadata of the checkout come back with everything, as they should */
  constructor(
    private readonly subscriptionId: string,
    private readonly sessionId: string | null,
    private readonly currency = 'eur',
    named = true,
  ) {
    this.metadata = named ? { subscriptionId } : {};
  }

  session(rest: Record<string, unknown> = {}): Event {
    return stripeEvent('checkout.session.completed', {
      id: this.sessionId,
      object: 'checkout.session',
      mode: 'subscription',
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: this.subscriptionId,
      customer: this.customer,
      subscription: this.id,
      payment_intent: null,
      metadata: { subscriptionId: this.subscriptionId },
      ...rest,
    });
  }

  expired(): Event {
    return { ...this.session({ status: 'expired', payment_status: 'unpaid', subscription: null, customer: null }), type: 'checkout.session.expired' };
  }

  /** In the API's shape since 2025. */
  invoice(type: 'invoice.paid' | 'invoice.payment_failed', amount: number, rest: Record<string, unknown> = {}): Event {
    return stripeEvent(type, {
      id: stripeId('in'),
      object: 'invoice',
      amount_paid: type === 'invoice.paid' ? amount : 0,
      amount_due: amount,
      total: amount,
      billing_reason: 'subscription_cycle',
      currency: this.currency,
      customer: this.customer,
      status: type === 'invoice.paid' ? 'paid' : 'open',
      lines: { object: 'list', data: [] },
      parent: { type: 'subscription_details', quote_details: null, subscription_details: { subscription: this.id, metadata: this.metadata } },
      ...rest,
    });
  }

  /** As accounts with an older API version write it. */
  olderInvoice(amount: number, rest: Record<string, unknown> = {}): Event {
    return this.invoice('invoice.paid', amount, { parent: undefined, subscription: this.id, subscription_details: { metadata: this.metadata }, payment_intent: stripeId('pi'), charge: stripeId('ch'), ...rest });
  }

  changed(type: 'created' | 'updated' | 'deleted', status: string, rest: Record<string, unknown> = {}): Event {
    return stripeEvent(`customer.subscription.${type}`, { id: this.id, object: 'subscription', status, customer: this.customer, metadata: this.metadata, ...rest });
  }
}

/** Sends events one after the other, waits until each is processed, and answers their outcomes. */
export async function processEvents(app: TestApp, ...events: Event[]): Promise<(string | null)[]> {
  for (const event of events) {
    const { status } = await sendEvent(app, event);
    if (status !== 200) throw new Error(`the webhook answered ${status}`);
    await app.drain();
  }
  const rows = await app.sql<{ event_id: string; outcome: string | null }>(`SELECT event_id, outcome FROM giving.stripe_events WHERE event_id = ANY($1)`, [events.map(({ id }) => id)]);
  return events.map(({ id }) => rows.find((row) => row.event_id === id)!.outcome);
}

/** Waits until every stored event is processed, through retries too. */
export async function eventsProcessed(app: TestApp, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    await app.drain(timeoutMs);
    const waiting = await app.sql(`SELECT 1 FROM giving.stripe_events WHERE processed_at IS NULL`);
    if (waiting.length === 0) return;
    if (Date.now() > deadline) throw new Error('an event was never processed');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
