import type { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';
import type { WireLineItem } from './stored-objects.js';

type Interval = 'month' | 'year';

/** What a subscription is opened with. */
export interface SubscriptionDraft {
  customer: string;
  description: string | null;
  item: WireLineItem;
  metadata: Record<string, string>;
  paymentMethod: string;
}

/** The same day of a later month, or the last one of a month that is too short; in seconds since 1970. */
export function nextPeriodEnd(start: number, interval: Interval): number {
  const from = new Date(start * 1000);
  const to = new Date(from);
  to.setUTCMonth(from.getUTCMonth() + (interval === 'year' ? 12 : 1));
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to.getTime() / 1000;
}

export function newSubscription(draft: SubscriptionDraft, created: number): Stripe.Subscription {
  const id = newObjectId('sub');
  const { price } = draft.item;
  const interval = intervalOf(price);
  const item = {
    id: newObjectId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created,
    current_period_end: nextPeriodEnd(created, interval),
    current_period_start: created,
    current_trial: null,
    discounts: [],
    metadata: {},
    price,
    quantity: draft.item.quantity ?? 1,
    subscription: id,
    tax_rates: [],
  };
  const subscription: Omit<Stripe.Subscription, 'items'> = {
    ...BLANK_SUBSCRIPTION,
    id,
    billing_cycle_anchor: created,
    created,
    currency: draft.item.currency,
    customer: draft.customer,
    default_payment_method: draft.paymentMethod,
    description: draft.description,
    metadata: draft.metadata,
    start_date: created,
    status: 'active',
  };
  return { ...subscription, items: { object: 'list', data: [item], has_more: false, url: `/v1/subscription_items?subscription=${id}` } } as unknown as Stripe.Subscription;
}

/** How often a price is charged. */
export const intervalOf = (price: { recurring: { interval: string } | null }): Interval => (price.recurring?.interval === 'year' ? 'year' : 'month');

/** A finalized invoice over the subscription's present period, still to be paid. */
export function newInvoice(subscription: Stripe.Subscription, reason: 'subscription_create' | 'subscription_cycle', number: string, created: number): Stripe.Invoice {
  const id = newObjectId('in');
  const [item] = subscription.items.data;
  const { price, quantity = 1, current_period_start: start, current_period_end: end, id: itemId } = item!;
  const total = (price.unit_amount ?? 0) * quantity;
  const line = {
    id: newObjectId('il'),
    object: 'line_item',
    amount: total,
    currency: subscription.currency,
    description: subscription.description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: id,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: { invoice_item: null, proration: false, proration_details: null, subscription: subscription.id, subscription_item: itemId },
      type: 'subscription_item_details',
    },
    period: { end, start },
    pretax_credit_amounts: [],
    pricing: { price_details: { price: price.id, product: String(price.product) }, type: 'price_details', unit_amount_decimal: String(price.unit_amount) },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: total,
    taxes: [],
  };
  const invoice: Omit<Stripe.Invoice, 'lines'> = {
    ...BLANK_INVOICE,
    id,
    amount_due: total,
    amount_remaining: total,
    billing_reason: reason,
    created,
    currency: subscription.currency,
    customer: String(subscription.customer),
    effective_at: created,
    number,
    parent: { quote_details: null, subscription_details: { metadata: subscription.metadata, subscription: subscription.id }, type: 'subscription_details' },
    period_end: end,
    period_start: start,
    status: 'open',
    status_transitions: { finalized_at: created, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
  return { ...invoice, lines: { object: 'list', data: [line], has_more: false, url: `/v1/invoices/${id}/lines` } } as unknown as Stripe.Invoice;
}

/** Which payment an invoice waits for. */
export const newInvoicePayment = (invoice: Stripe.Invoice, intentId: string, created: number): Stripe.InvoicePayment => ({
  id: newObjectId('inpay'),
  object: 'invoice_payment',
  amount_paid: null,
  amount_requested: invoice.amount_due,
  created,
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: intentId, type: 'payment_intent' },
  status: 'open',
  status_transitions: { canceled_at: null, paid_at: null },
});

/** The fields in which all subscriptions of the sandbox are alike when they are new. */
const BLANK_SUBSCRIPTION = {
  object: 'subscription',
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: null, type: 'classic' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  ended_at: null,
  invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' } },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: { payment_method_options: null, payment_method_types: ['card'], save_default_payment_method: 'off' },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
  trial_start: null,
} satisfies Partial<Stripe.Subscription>;

/** The same of invoices. */
const BLANK_INVOICE = {
  object: 'invoice',
  account_country: 'IE',
  account_name: 'Payments sandbox',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  collection_method: 'charge_automatically',
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  ending_balance: 0,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<Stripe.Invoice>;
