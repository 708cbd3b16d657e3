import type { Stripe } from 'stripe';
import { UUID_PATTERN } from '../../../platform/ids.js';
import { isCurrency } from '../../../platform/money/money.js';
import { fromStripeAmount } from '../payments/index.js';

/** What an object of the provider tells about the donation that it is for. */
export interface PaymentReport {
  /** Out of the metadata that the checkout was opened with. */
  donationId?: string;
  sessionId?: string;
  paymentIntentId?: string;
  chargeId?: string;
  receiptUrl?: string;
  paymentMethod?: string;
}

/** Money that the provider received. */
export interface ReceivedPayment extends PaymentReport {
  /** ISO 4217 minor units, more than zero. */
  amount: number;
  /** ISO 4217, upper case. */
  currency: string;
}

export function reportOfSession(session: Stripe.Checkout.Session): PaymentReport {
  return {
    donationId: donationIdOf(session.metadata) ?? uuid(session.client_reference_id),
    sessionId: session.id,
    paymentIntentId: idOf(session.payment_intent),
  };
}

export function reportOfIntent(intent: Stripe.PaymentIntent): PaymentReport {
  return { donationId: donationIdOf(intent.metadata), paymentIntentId: intent.id, chargeId: idOf(intent.latest_charge) };
}

export function reportOfCharge(charge: Stripe.Charge): PaymentReport {
  return {
    donationId: donationIdOf(charge.metadata),
    paymentIntentId: idOf(charge.payment_intent),
    chargeId: charge.id,
    receiptUrl: charge.receipt_url ?? undefined,
    paymentMethod: charge.payment_method_details?.type,
  };
}

/** The report with what was received, or null when that is nothing, or in no currency that exists. */
export function received(report: PaymentReport, amount: number | null | undefined, currency: string | null | undefined): ReceivedPayment | null {
  const code = currency?.toUpperCase();
  if (!isCurrency(code) || !Number.isSafeInteger(amount)) return null;
  const minor = fromStripeAmount(Number(amount), code);
  return minor > 0 ? { ...report, amount: minor, currency: code } : null;
}

/** Whether a session is for a single payment; those of the other modes are somebody else's. */
export const isDonation = (session: Stripe.Checkout.Session): boolean => (session.mode ?? 'payment') === 'payment';

/** Whether a completed session stands for money that came; a bank debit is only ordered at first. */
export const isPaid = (session: Stripe.Checkout.Session): boolean => session.payment_status === 'paid' || session.payment_status === 'no_payment_required';

const donationIdOf = (metadata: Stripe.Metadata | null | undefined): string | undefined => uuid(metadata?.['donationId']);

const uuid = (text: string | null | undefined): string | undefined => (text && UUID_PATTERN.test(text) ? text.toLowerCase() : undefined);

const idOf = (reference: string | { id: string } | null | undefined): string | undefined => (typeof reference === 'string' ? reference : reference?.id);
