import type { Stripe } from 'stripe';
import { UUID_PATTERN } from '../../../platform/ids.js';
import type { Subscription, SubscriptionStatus } from './subscription.entity.js';

type Reference = string | { id: string } | null | undefined;

/** What an object of the provider tells about the subscription that it is about. */
export interface SubscriptionReport {
  /** Out of the metadata that the checkout was opened with. */
  subscriptionId?: string;
  stripeSubscriptionId?: string;
  sessionId?: string;
  customerId?: string;
}

/** What invoices said before the provider's API of 2025 moved it, and still say where an account has an older one. */
interface OlderInvoice {
  subscription?: Reference;
  subscription_details?: { metadata?: Stripe.Metadata | null } | null;
  payment_intent?: Reference;
  charge?: Reference;
}

/** States of the provider in ours (behaviour 2.8); null for one that is not known. */
const STATUSES: Readonly<Record<string, SubscriptionStatus>> = {
  trialing: 'active',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'unpaid',
  // Collection rests because nothing is there to pay with.
  paused: 'unpaid',
  canceled: 'canceled',
  incomplete: 'pending',
  incomplete_expired: 'canceled',
};

export const statusOf = (status: string): SubscriptionStatus | null => STATUSES[status] ?? null;

/** Whether a session opens a subscription. */
export const isSubscription = (session: Stripe.Checkout.Session): boolean => session.mode === 'subscription';

export function reportOfSession(session: Stripe.Checkout.Session): SubscriptionReport {
  return {
    subscriptionId: ours(session.metadata) ?? uuid(session.client_reference_id),
    stripeSubscriptionId: idOf(session.subscription),
    sessionId: session.id,
    customerId: idOf(session.customer),
  };
}

export function reportOfSubscription(subscription: Stripe.Subscription): SubscriptionReport {
  return { subscriptionId: ours(subscription.metadata), stripeSubscriptionId: subscription.id, customerId: idOf(subscription.customer) };
}

export function reportOfInvoice(invoice: Stripe.Invoice): SubscriptionReport {
  const older = invoice as OlderInvoice;
  const details = invoice.parent?.subscription_details;
  const line = invoice.lines?.data?.[0];
  return {
    subscriptionId: ours(details?.metadata) ?? ours(older.subscription_details?.metadata) ?? ours(line?.metadata),
    stripeSubscriptionId: idOf(details?.subscription) ?? idOf(older.subscription) ?? idOf(line?.parent?.subscription_item_details?.subscription) ?? idOf(line?.subscription),
    customerId: idOf(invoice.customer),
  };
}

/** The payment that settled an invoice, where the invoice says. */
export function paymentOfInvoice(invoice: Stripe.Invoice): { paymentIntentId?: string; chargeId?: string } {
  const older = invoice as OlderInvoice;
  const payment = invoice.payments?.data?.find(({ status }) => status === 'paid')?.payment;
  return { paymentIntentId: idOf(payment?.payment_intent) ?? idOf(older.payment_intent), chargeId: idOf(payment?.charge) ?? idOf(older.charge) };
}

/** Whether a report can be about this subscription: no id that it names contradicts one that is known. */
export const matches = ({ subscriptionId, stripeSubscriptionId, sessionId }: SubscriptionReport, subscription: Subscription): boolean =>
  agrees(subscriptionId, subscription.id) &&
  agrees(stripeSubscriptionId, subscription.stripeSubscriptionId) &&
  agrees(sessionId, subscription.stripeCheckoutSessionId);

const agrees = (reported: string | undefined, known: string | null): boolean => reported === undefined || known === null || reported === known;

const ours = (metadata: Stripe.Metadata | null | undefined): string | undefined => uuid(metadata?.['subscriptionId']);

const uuid = (text: string | null | undefined): string | undefined => (text && UUID_PATTERN.test(text) ? text.toLowerCase() : undefined);

const idOf = (reference: Reference): string | undefined => (typeof reference === 'string' ? reference : reference?.id);
