import { Injectable, Logger } from '@nestjs/common';
import { Stripe } from 'stripe';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { PaymentRefused, PaymentsUnavailable } from './payments.errors.js';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.js';

/** A hosted checkout to open. */
export interface CheckoutDraft {
  /** Also the idempotency key: however often it is asked for, a donation has one checkout. */
  donationId: string;
  /** ISO 4217 minor units. */
  amount: number;
  currency: string;
  /** What the donor sees on the page. */
  title: string;
  /** Kept by the provider and sent back with every event. */
  metadata: Record<string, string>;
  successUrl: string;
  cancelUrl: string;
}

export interface OpenedCheckout {
  sessionId: string;
  url: string;
  expiresAt: Date;
}

/** The movement on the provider's balance that a payment made. */
export interface BalanceTransaction {
  id: string;
  /** ISO 4217 minor units of `currency`, the one that the account is paid out in. */
  amount: number;
  currency: string;
  /** What the provider kept, in the same currency. */
  fee: number;
  net: number;
  /** Units of `currency` for one of the payment's; null without conversion. */
  exchangeRate: number | null;
}

/** What the provider knows of a payment that succeeded. */
export interface PaymentDetails {
  paymentIntentId: string;
  chargeId: string;
  receiptUrl: string | null;
  /** Such as `card` or `sepa_debit`. */
  paymentMethod: string | null;
  /** Null until the provider has settled it. */
  balanceTransaction: BalanceTransaction | null;
}

const logger = new Logger('PaymentGateway');

const AMOUNT_REFUSED: Readonly<Record<string, string>> = {
  amount_too_small: 'is below what can be charged',
  amount_too_large: 'is above what can be charged',
};

/** Calls to the payment provider. Never inside a database transaction. */
@Injectable()
export class PaymentGateway {
  constructor(private readonly stripe: Stripe) {}

  /**
   * Opens the hosted checkout of a donation, or answers the one opened before.
   * @throws PaymentsUnavailable to repeat; PaymentRefused, ValidationFailed when repeating is of no use
   */
  async openCheckout(draft: CheckoutDraft): Promise<OpenedCheckout> {
    const currency = draft.currency.toLowerCase();
    const unitAmount = toStripeAmount(draft.amount, draft.currency);
    if (unitAmount === null) throw new PaymentRefused(`${draft.amount} is finer than ${draft.currency} can be charged`);
    const session = await orUnavailable(
      this.stripe.checkout.sessions.create(
        {
          mode: 'payment',
          submit_type: 'donate',
          line_items: [{ quantity: 1, price_data: { currency, unit_amount: unitAmount, product_data: { name: draft.title } } }],
          client_reference_id: draft.donationId,
          metadata: draft.metadata,
          payment_intent_data: { metadata: draft.metadata },
          success_url: draft.successUrl,
          cancel_url: draft.cancelUrl,
        },
        { idempotencyKey: draft.donationId },
      ),
    );
    if (!session.url) throw new PaymentsUnavailable();
    return { sessionId: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1_000) };
  }

  /** A checkout as it stands now; null when the provider does not know it. */
  findCheckout(sessionId: string): Promise<Stripe.Checkout.Session | null> {
    return orNull(this.stripe.checkout.sessions.retrieve(sessionId));
  }

  /** Closes an open checkout; false when it is not open any more. */
  async expireCheckout(sessionId: string): Promise<boolean> {
    return (await orNull(this.stripe.checkout.sessions.expire(sessionId))) !== null;
  }

  /** What a succeeded payment was charged and settled at; null when the provider does not know it, or has not charged it. */
  async paymentDetails(paymentIntentId: string): Promise<PaymentDetails | null> {
    const intent = await orNull(this.stripe.paymentIntents.retrieve(paymentIntentId, { expand: ['latest_charge.balance_transaction'] }));
    const charge = await this.unfold(intent?.latest_charge, (id) => this.stripe.charges.retrieve(id));
    if (!charge) return null;
    const transaction = await this.unfold(charge.balance_transaction, (id) => this.stripe.balanceTransactions.retrieve(id));
    return {
      paymentIntentId,
      chargeId: charge.id,
      receiptUrl: charge.receipt_url ?? null,
      paymentMethod: charge.payment_method_details?.type ?? null,
      balanceTransaction: transaction && balanceTransaction(transaction),
    };
  }

  /** What was asked for expanded comes whole, or by its id from a host that does not expand. */
  private async unfold<T>(reference: string | T | null | undefined, retrieve: (id: string) => Promise<T>): Promise<T | null> {
    return typeof reference === 'string' ? orNull(retrieve(reference)) : (reference ?? null);
  }
}

function balanceTransaction(given: Stripe.BalanceTransaction): BalanceTransaction {
  const currency = given.currency.toUpperCase();
  return {
    id: given.id,
    amount: fromStripeAmount(given.amount, currency),
    currency,
    fee: fromStripeAmount(given.fee, currency),
    net: fromStripeAmount(given.net, currency),
    exchangeRate: given.exchange_rate ?? null,
  };
}

/** Tells a refusal of what was asked from everything that may be better in a moment. */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw unavailable(error);
    const message = AMOUNT_REFUSED[error.code ?? ''];
    if (message) throw new ValidationFailed({ errors: [{ path: 'amount', message }] });
    logger.warn(`payment refused: ${error.message}`);
    throw new PaymentRefused();
  }
}

/** Null instead of an error about something that is not there, or not in the state for it. */
export async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    if (error instanceof Stripe.errors.StripeError) throw unavailable(error);
    throw error;
  }
}

export function unavailable(error: InstanceType<typeof Stripe.errors.StripeError>): Error {
  logger.warn(`payment provider unavailable: ${error.type}: ${error.message}`);
  return new PaymentsUnavailable({ retryAfterSeconds: 5 });
}
