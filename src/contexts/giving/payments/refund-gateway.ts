import { Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { orNull, unavailable } from './payment-gateway.js';
import { toStripeAmount } from './stripe-amount.js';

/** A refund to order. */
export interface RefundDraft {
  /** Also the idempotency key, and kept by the provider: however often it is ordered, it happens once. */
  refundId: string;
  donationId: string;
  paymentIntentId: string | null;
  chargeId: string | null;
  /** ISO 4217 minor units. */
  amount: number;
  currency: string;
  /** When it was asked for. */
  createdAt: Date;
}

/** The provider's keys hold for a day; an older order is looked for before it is repeated. */
const KEYS_HOLD_MS = 20 * 3_600_000;

/** Calls to the provider about refunds. Never inside a database transaction. */
@Injectable()
export class RefundGateway {
  constructor(private readonly stripe: Stripe) {}

  /**
   * Orders a refund, or answers the one ordered before.
   * @returns the refund, or why the provider never will make it
   * @throws PaymentsUnavailable to repeat
   */
  async order(draft: RefundDraft, now: Date): Promise<Stripe.Refund | { refused: string }> {
    const payment = draft.paymentIntentId ? { payment_intent: draft.paymentIntentId } : draft.chargeId ? { charge: draft.chargeId } : null;
    const amount = toStripeAmount(draft.amount, draft.currency);
    if (!payment || amount === null) return { refused: payment ? 'amount_not_refundable' : 'payment_unknown' };
    try {
      if (now.getTime() - draft.createdAt.getTime() > KEYS_HOLD_MS) {
        for await (const refund of this.stripe.refunds.list({ ...payment, limit: 100 })) {
          if (refund.metadata?.['refundId'] === draft.refundId) return refund;
        }
      }
      return await this.stripe.refunds.create(
        { ...payment, amount, reason: 'requested_by_customer', metadata: { refundId: draft.refundId, donationId: draft.donationId } },
        { idempotencyKey: draft.refundId },
      );
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return { refused: error.code ?? 'refused' };
      throw error instanceof Stripe.errors.StripeError ? unavailable(error) : error;
    }
  }

  /** A refund as it stands now; null when the provider does not know it. */
  find(stripeRefundId: string): Promise<Stripe.Refund | null> {
    return orNull(this.stripe.refunds.retrieve(stripeRefundId));
  }
}
