import type { Stripe } from 'stripe';
import { assertChargeable, parseCurrency, SETTLEMENT_CURRENCY } from './currencies.js';
import { newObjectId } from './object-id.js';
import type { RequestParams } from './request-params.js';
import { invalidRequest } from './stripe-error.js';
import type { HiddenSessionData, WireLineItem } from './stored-objects.js';

const MODES = ['payment', 'setup', 'subscription'] as const;
const SHORTEST_LIFE = 30 * 60;
const LONGEST_LIFE = 24 * 60 * 60;
/** Seconds that the caller's clock may differ from ours when it says when a session expires. */
const CLOCK_TOLERANCE = 10;

/** Parameters that change what happens here. */
const EFFECTIVE = [
  'cancel_url', 'client_reference_id', 'currency', 'customer', 'customer_email', 'expires_at', 'line_items', 'locale', 'metadata',
  'mode', 'payment_intent_data', 'payment_method_types', 'submit_type', 'subscription_data', 'success_url', 'ui_mode',
];
/** Parameters that are taken and have nothing to change on a page without address, tax, shipping or saved cards. */
const WITHOUT_EFFECT = [
  'adaptive_pricing', 'allow_promotion_codes', 'automatic_tax', 'billing_address_collection', 'branding_settings', 'custom_text',
  'customer_creation', 'integration_identifier', 'origin_context', 'payment_method_options', 'phone_number_collection', 'wallet_options',
];

/**
 * Reads the parameters of a new session and builds it. The payment intent comes into being with the first
 * attempt to pay, as at Stripe, so what is meant for it waits in the hidden part.
 *
 * @throws StripeApiError 400 for whatever Stripe would refuse, and for modes that the sandbox does not have.
 */
export function newCheckoutSession(
  params: RequestParams,
  context: { created: number; pageUrl: (sessionId: string) => string },
): { session: Stripe.Checkout.Session; hidden: HiddenSessionData } {
  params.allowOnly([...EFFECTIVE, ...WITHOUT_EFFECT]);
  const mode = params.required('mode', params.oneOf('mode', MODES));
  if (mode === 'setup') {
    throw invalidRequest(`The payments sandbox has no Checkout Sessions in ${mode} mode.`, { param: 'mode' });
  }
  if (params.has('customer') && params.has('customer_email')) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  }
  const recurring = mode === 'subscription';
  const misplaced = recurring ? 'payment_intent_data' : 'subscription_data';
  if (params.has(misplaced)) throw invalidRequest(`You can not pass \`${misplaced}\` in \`${mode}\` mode.`, { param: misplaced });
  const lineItems = readLineItems(params, context.created, recurring);
  const currency = lineItems[0]?.currency ?? SETTLEMENT_CURRENCY;
  const total = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  assertChargeable(total, currency);
  const id = newObjectId('cs_test', 58);
  const intentData = params.object('payment_intent_data');
  intentData?.allowOnly(['description', 'metadata', 'receipt_email', 'statement_descriptor', 'statement_descriptor_suffix', 'transfer_group']);
  const subscriptionData = params.object('subscription_data');
  subscriptionData?.allowOnly(['description', 'metadata']);
  const session: Stripe.Checkout.Session = {
    ...BLANK,
    id,
    mode,
    payment_method_collection: recurring ? 'always' : 'if_required',
    amount_subtotal: total,
    amount_total: total,
    cancel_url: params.url('cancel_url') ?? null,
    client_reference_id: params.text('client_reference_id', 200) ?? null,
    created: context.created,
    currency,
    customer: params.text('customer') ?? null,
    customer_creation: recurring || params.has('customer') ? null : 'if_required',
    customer_details: null,
    customer_email: params.email('customer_email') ?? null,
    expires_at: readExpiry(params, context.created),
    locale: params.text('locale', 10) ?? null,
    metadata: params.metadata(),
    payment_method_types: recurring ? ['card'] : readPaymentMethodTypes(params, currency),
    submit_type: params.oneOf('submit_type', ['auto', 'book', 'donate', 'pay', 'subscribe']) ?? null,
    success_url: params.required('success_url', params.url('success_url')),
    ui_mode: params.oneOf('ui_mode', ['hosted_page']) ?? 'hosted_page',
    url: context.pageUrl(id),
  };
  return {
    session,
    hidden: {
      lineItems,
      paymentIntent: {
        description: intentData?.text('description', 1000) ?? null,
        metadata: intentData?.metadata() ?? {},
        receiptEmail: intentData?.email('receipt_email') ?? null,
      },
      ...(recurring && { subscription: { description: subscriptionData?.text('description', 500) ?? null, metadata: subscriptionData?.metadata() ?? {} } }),
    },
  };
}

function readExpiry(params: RequestParams, created: number): number {
  const expiresAt = params.integer('expires_at', { min: 0 }) ?? created + LONGEST_LIFE;
  if (expiresAt < created + SHORTEST_LIFE - CLOCK_TOLERANCE) {
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  }
  if (expiresAt > created + LONGEST_LIFE + CLOCK_TOLERANCE) {
    throw invalidRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
  }
  return expiresAt;
}

/** SEPA debits exist in euro only, so the other currencies are left with the card. */
function readPaymentMethodTypes(params: RequestParams, currency: string): string[] {
  const asked = params.texts('payment_method_types');
  if (asked.length === 0) return currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
  if (!asked.includes('card')) {
    throw invalidRequest('The payments sandbox always takes cards: payment_method_types must include card.', { param: 'payment_method_types' });
  }
  if (asked.includes('sepa_debit') && currency !== 'eur') {
    throw invalidRequest(`The payment method type provided: sepa_debit is invalid for the currency ${currency}.`, { param: 'payment_method_types' });
  }
  return asked;
}

function readLineItems(params: RequestParams, created: number, recurring: boolean): WireLineItem[] {
  const items = params.objects('line_items') ?? [];
  params.required('line_items', items[0]);
  if (recurring && items.length > 1) throw invalidRequest('The payments sandbox has subscriptions over one item only.', { param: 'line_items' });
  const lineItems = items.map((item) => readLineItem(item, created, recurring));
  const expected = params.text('currency')?.toLowerCase() ?? lineItems[0]?.currency;
  const stray = lineItems.find(({ currency }) => currency !== expected);
  if (stray) throw invalidRequest('All prices on a Checkout Session must have the same currency.', { param: 'line_items' });
  return lineItems;
}

function readLineItem(item: RequestParams, created: number, recurring: boolean): WireLineItem {
  item.allowOnly(['adjustable_quantity', 'metadata', 'price_data', 'quantity']);
  const priceData = item.required('price_data', item.object('price_data'));
  priceData.allowOnly(['currency', 'product_data', 'recurring', 'tax_behavior', 'unit_amount']);
  const repeats = readRecurring(priceData, recurring);
  const productData = priceData.required('product_data', priceData.object('product_data'));
  productData.allowOnly(['description', 'images', 'metadata', 'name', 'tax_code', 'unit_label']);
  const currency = parseCurrency(priceData.required('currency', priceData.text('currency')), priceData.nameOf('currency'));
  const unitAmount = priceData.required('unit_amount', priceData.integer('unit_amount', { min: 0, max: 99_999_999 }));
  const quantity = item.required('quantity', item.integer('quantity', { min: 1, max: 999_999 }));
  const total = unitAmount * quantity;
  return {
    id: newObjectId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency,
    description: productData.required('name', productData.text('name', 250)),
    metadata: item.metadata(),
    price: {
      id: newObjectId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created,
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newObjectId('prod', 14),
      recurring: repeats,
      tax_behavior: 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: repeats ? 'recurring' : 'one_time',
      unit_amount: unitAmount,
      unit_amount_decimal: String(unitAmount),
    },
    quantity,
  };
}

/** How often a price is charged. @throws StripeApiError 400 where the mode of the session asks for the other kind of price */
function readRecurring(priceData: RequestParams, expected: boolean): Stripe.Price.Recurring | null {
  if (priceData.has('recurring') !== expected) {
    const message = expected
      ? 'You must provide at least one recurring price in `subscription` mode when using prices.'
      : 'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.';
    throw invalidRequest(message, { param: 'line_items' });
  }
  const recurring = priceData.object('recurring');
  if (!recurring) return null;
  recurring.allowOnly(['interval', 'interval_count']);
  const interval = recurring.required('interval', recurring.oneOf('interval', ['month', 'year'] as const));
  if ((recurring.integer('interval_count', { min: 1 }) ?? 1) !== 1) throw invalidRequest('The payments sandbox charges each interval.', { param: recurring.nameOf('interval_count') });
  return { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' };
}

/** The fields in which all sessions of the sandbox are alike when they are new. */
const BLANK = {
  object: 'checkout.session',
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer_account: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: {
    enabled: false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  },
  livemode: false,
  managed_payments: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_status: 'unpaid',
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>;
