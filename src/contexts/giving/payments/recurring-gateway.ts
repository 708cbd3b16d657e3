import { Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { type CheckoutDraft, type OpenedCheckout, orNull, orUnavailable } from './payment-gateway.js';
import { PaymentRefused, PaymentsUnavailable } from './payments.errors.js';
import { toStripeAmount } from './stripe-amount.js';

/** A hosted checkout that opens recurring support. */
export interface RecurringDraft extends Omit<CheckoutDraft, 'donationId'> {
  /** Also the idempotency key: however often it is asked for, a subscription has one checkout. */
  subscriptionId: string;
  interval: 'month' | 'year';
}

/** Calls to the payment provider about support that repeats. Never inside a database transaction. */
@Injectable()
export class RecurringGateway {
  constructor(private readonly stripe: Stripe) {}

  /**
   * Opens the hosted checkout of a subscription, or answers the one opened before.
   * @throws PaymentsUnavailable to repeat; PaymentRefused, ValidationFailed when repeating is of no use
   */
  async openCheckout({ subscriptionId, amount, currency, title, interval, metadata, successUrl, cancelUrl }: RecurringDraft): Promise<OpenedCheckout> {
    const unitAmount = toStripeAmount(amount, currency);
    if (unitAmount === null) throw new PaymentRefused(`${amount} is finer than ${currency} can be charged`);
    const session = await orUnavailable(
      this.stripe.checkout.sessions.create(
        {
          mode: 'subscription',
          line_items: [{ quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount: unitAmount, recurring: { interval }, product_data: { name: title } } }],
          client_reference_id: subscriptionId,
          metadata,
          // Comes back with every event of the subscription and of its invoices, whichever is first.
          subscription_data: { metadata },
          success_url: successUrl,
          cancel_url: cancelUrl,
        },
        { idempotencyKey: subscriptionId },
      ),
    );
    if (!session.url) throw new PaymentsUnavailable();
    return { sessionId: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1_000) };
  }

  /** A subscription as it stands now, with its payment method; null when the provider does not know it. */
  findSubscription(id: string): Promise<Stripe.Subscription | null> {
    return orNull(this.stripe.subscriptions.retrieve(id, { expand: ['default_payment_method'] }));
  }

  /** Ends a subscription at once, or finds it ended or unknown. */
  async cancelSubscription(id: string): Promise<void> {
    await orNull(this.stripe.subscriptions.cancel(id));
  }

  /** The payment that settled an invoice; null when the provider does not tell. */
  async paymentIntentOfInvoice(invoiceId: string): Promise<string | null> {
    const payments = await orNull(this.stripe.invoicePayments.list({ invoice: invoiceId, limit: 10 }));
    const settled = payments?.data?.find(({ status, payment }) => status === 'paid' && payment.payment_intent);
    const intent = settled?.payment.payment_intent;
    return (typeof intent === 'string' ? intent : intent?.id) ?? null;
  }

  /** A payment method as it stands now; null when the provider does not know it. */
  findPaymentMethod(id: string): Promise<Stripe.PaymentMethod | null> {
    return orNull(this.stripe.paymentMethods.retrieve(id));
  }

  /** Lets a customer's payment method go; finds it gone when it was before. */
  async detachPaymentMethod(id: string): Promise<void> {
    await orNull(this.stripe.paymentMethods.detach(id));
  }
}
