import type { Stripe } from 'stripe';
import { newCustomer } from './customers.js';
import { newPaymentMethod } from './payment.objects.js';
import type { Payments } from './payments.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { noSuchObject } from './stripe-error.js';
import { intervalOf, newInvoice, newInvoicePayment, newSubscription, nextPeriodEnd } from './subscription.objects.js';

const RETRY_AFTER = 3 * 86_400;
/** Failed attempts at one invoice until a subscription is no longer past due but unpaid, and until it ends. */
const UNPAID_AFTER = 3;
const CANCELED_AFTER = 4;

/** What the next attempt at an invoice comes to. */
export type Outcome = 'succeeds' | 'fails';

/** A subscription's life: an invoice each period, tried again while its card is declined, until it ends. */
export class Subscriptions {
  constructor(private readonly payments: Payments) {}

  /**
   * Opens the subscription of a checkout session and collects its first invoice.
   * @param renewals what becomes of the later ones that nobody decides by hand
   */
  async start(tx: SandboxTransaction, session: Stripe.Checkout.Session, renewals: Outcome): Promise<void> {
    const { lineItems, subscription: wish } = await tx.hiddenSessionData(session.id);
    const customer = session.customer ? await tx.get('customer', String(session.customer), 'customer') : await this.openCustomer(tx, session.customer_email);
    const method = { ...newPaymentMethod('card', { receipt_email: customer.email }, tx.unixNow), customer: customer.id };
    await tx.insert(method);
    await tx.recordEvent('payment_method.attached', method);
    const [item] = lineItems;
    const subscription = newSubscription(
      { customer: customer.id, description: wish?.description ?? item!.description, item: item!, metadata: wish?.metadata ?? {}, paymentMethod: method.id },
      tx.unixNow,
    );
    await tx.insert(subscription, { renewals });
    const invoice = await this.bill(tx, subscription, 'subscription_create');
    await tx.save(subscription);
    await tx.recordEvent('customer.subscription.created', subscription);
    await this.collect(tx, subscription, invoice, 'succeeds');
    Object.assign(session, { customer: customer.id, subscription: subscription.id, invoice: invoice.id });
  }

  /**
   * Lets the next thing happen: another attempt at the invoice that is open, or the next period with its own.
   * @param outcome as decided when the subscription was opened, unless given
   * @throws StripeApiError 404 when it has ended
   */
  async advance(tx: SandboxTransaction, id: string, outcome?: Outcome): Promise<Stripe.Subscription> {
    const subscription = await this.lockRunning(tx, id);
    const latest = await tx.lock('invoice', String(subscription.latest_invoice), 'invoice');
    const invoice = latest.status === 'open' ? latest : await this.nextPeriod(tx, subscription);
    await this.collect(tx, subscription, invoice, outcome ?? (await tx.renewalsOf(id)));
    return subscription;
  }

  /** By itself, when its time has come: nothing to do for one that has ended. */
  async renew(tx: SandboxTransaction, id: string): Promise<void> {
    if ((await tx.lock('subscription', id, 'id')).status !== 'canceled') await this.advance(tx, id);
  }

  /** Ends it now. @throws StripeApiError 404 when it has ended, as at Stripe */
  async cancel(tx: SandboxTransaction, id: string): Promise<Stripe.Subscription> {
    const subscription = await this.lockRunning(tx, id);
    await this.end(tx, subscription, 'cancellation_requested');
    return subscription;
  }

  /** Takes a payment method from its customer for good. */
  async detach(tx: SandboxTransaction, id: string): Promise<Stripe.PaymentMethod> {
    const method = await tx.lock('payment_method', id, 'payment_method');
    const { customer } = method;
    if (!customer) return method;
    method.customer = null;
    await tx.save(method);
    await tx.recordEvent('payment_method.detached', method, { customer });
    return method;
  }

  private async openCustomer(tx: SandboxTransaction, email: string | null): Promise<Stripe.Customer> {
    const customer = newCustomer({ email }, tx.unixNow);
    await tx.insert(customer);
    await tx.recordEvent('customer.created', customer);
    return customer;
  }

  private async nextPeriod(tx: SandboxTransaction, subscription: Stripe.Subscription): Promise<Stripe.Invoice> {
    const [item] = subscription.items.data;
    const before = structuredClone(subscription.items);
    item!.current_period_start = item!.current_period_end;
    item!.current_period_end = nextPeriodEnd(item!.current_period_start, intervalOf(item!.price));
    const { latest_invoice } = subscription;
    const invoice = await this.bill(tx, subscription, 'subscription_cycle');
    await tx.save(subscription);
    await tx.recordEvent('customer.subscription.updated', subscription, { items: before, latest_invoice });
    return invoice;
  }

  private async bill(tx: SandboxTransaction, subscription: Stripe.Subscription, reason: 'subscription_create' | 'subscription_cycle'): Promise<Stripe.Invoice> {
    const customer = await tx.lock('customer', String(subscription.customer), 'customer');
    const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
    customer.next_invoice_sequence = (customer.next_invoice_sequence ?? 1) + 1;
    await tx.save(customer);
    const invoice = newInvoice(subscription, reason, number, tx.unixNow);
    const intent = await this.payments.open(tx, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: customer.id,
      description: reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
      metadata: {},
      paymentMethodTypes: ['card'],
      receiptEmail: customer.email,
    });
    subscription.latest_invoice = invoice.id;
    await tx.insert(invoice);
    await tx.insert(newInvoicePayment(invoice, intent.id, tx.unixNow));
    await tx.recordEvent('invoice.created', invoice);
    await tx.recordEvent('invoice.finalized', invoice);
    return invoice;
  }

  /** One attempt at an open invoice with the card of the subscription; without a card it fails. */
  private async collect(tx: SandboxTransaction, subscription: Stripe.Subscription, invoice: Stripe.Invoice, outcome: Outcome): Promise<void> {
    const payment = await tx.paymentOf(invoice.id);
    const intent = await tx.lock('payment_intent', String(payment.payment.payment_intent), 'payment_intent');
    const method = await tx.get('payment_method', String(subscription.default_payment_method), 'payment_method');
    invoice.attempted = true;
    invoice.attempt_count += 1;
    if (outcome === 'fails' || !method.customer) {
      await this.payments.declineCard(tx, intent, method);
      return this.fallBehind(tx, subscription, invoice);
    }
    await this.payments.payByCard(tx, intent, method);
    Object.assign(invoice, { status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, next_payment_attempt: null });
    invoice.status_transitions.paid_at = tx.unixNow;
    Object.assign(payment, { status: 'paid', amount_paid: invoice.amount_due, status_transitions: { canceled_at: null, paid_at: tx.unixNow } });
    await tx.save(invoice);
    await tx.save(payment);
    await tx.recordEvent('invoice.paid', invoice);
    await tx.recordEvent('invoice.payment_succeeded', invoice);
    await tx.recordEvent('invoice_payment.paid', payment);
    await this.become(tx, subscription, 'active');
    await tx.schedule('renew_subscription', subscription.id, subscription.items.data[0]!.current_period_end - tx.unixNow);
  }

  private async fallBehind(tx: SandboxTransaction, subscription: Stripe.Subscription, invoice: Stripe.Invoice): Promise<void> {
    const givenUp = invoice.attempt_count >= CANCELED_AFTER;
    invoice.next_payment_attempt = givenUp ? null : tx.unixNow + RETRY_AFTER;
    await tx.save(invoice);
    await tx.recordEvent('invoice.payment_failed', invoice);
    if (givenUp) return this.end(tx, subscription, 'payment_failed');
    await this.become(tx, subscription, invoice.attempt_count >= UNPAID_AFTER ? 'unpaid' : 'past_due');
    await tx.schedule('renew_subscription', subscription.id, RETRY_AFTER);
  }

  private async become(tx: SandboxTransaction, subscription: Stripe.Subscription, status: Stripe.Subscription.Status): Promise<void> {
    const { status: before } = subscription;
    if (before === status) return;
    subscription.status = status;
    await tx.save(subscription);
    await tx.recordEvent('customer.subscription.updated', subscription, { status: before });
  }

  private async end(tx: SandboxTransaction, subscription: Stripe.Subscription, reason: 'cancellation_requested' | 'payment_failed'): Promise<void> {
    Object.assign(subscription, { status: 'canceled', canceled_at: tx.unixNow, ended_at: tx.unixNow });
    subscription.cancellation_details!.reason = reason;
    await tx.save(subscription);
    await tx.recordEvent('customer.subscription.deleted', subscription);
  }

  private async lockRunning(tx: SandboxTransaction, id: string): Promise<Stripe.Subscription> {
    const subscription = await tx.lock('subscription', id, 'id');
    if (subscription.status === 'canceled') throw noSuchObject('subscription', id, 'id');
    return subscription;
  }
}
