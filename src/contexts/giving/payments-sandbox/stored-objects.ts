import type { Stripe } from 'stripe';

/** The API's object types that the sandbox keeps, by the name they carry in their `object` field. */
export interface StoredObjects {
  'checkout.session': Stripe.Checkout.Session;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  charge: Stripe.Charge;
  balance_transaction: Stripe.BalanceTransaction;
  refund: Stripe.Refund;
  customer: Stripe.Customer;
  dispute: Stripe.Dispute;
  'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning;
  payout: Stripe.Payout;
  subscription: Stripe.Subscription;
  invoice: Stripe.Invoice;
  invoice_payment: Stripe.InvoicePayment;
}

export type StoredType = keyof StoredObjects;
export type StoredObject = StoredObjects[StoredType];

/** The API writes the decimal amount as text; the client library's type is what it makes of it. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string };
export type WireLineItem = Omit<Stripe.LineItem, 'price'> & { price: WirePrice };

/** What a checkout session knows and shows only later or on request. */
export interface HiddenSessionData {
  lineItems: WireLineItem[];
  paymentIntent: { description: string | null; metadata: Record<string, string>; receiptEmail: string | null };
  /** In subscription mode. */
  subscription?: { description: string | null; metadata: Record<string, string> };
}

/** Seconds since 1970, the API's notation of time. */
export const unixTime = (time: Date): number => Math.floor(time.getTime() / 1000);
