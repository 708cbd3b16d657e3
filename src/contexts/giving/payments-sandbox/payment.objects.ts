import type { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';

/** The ways to pay that the hosted page offers. */
export type PaymentMethodType = 'card' | 'sepa_debit';

const CARD = { brand: 'visa', country: 'IE', exp_month: 12, exp_year: 2034, fingerprint: 'sandboxcard4242', funding: 'credit', last4: '4242' };
const BANK = { bank_code: '37040044', branch_code: '', country: 'DE', fingerprint: 'sandboxdebit3000', last4: '3000' };
const CHECKS = { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' };
const DAYS_UNTIL_AVAILABLE = 2;
const DAY = 86_400;

/** Seconds from a payment until its funds count as available. */
export const SECONDS_UNTIL_AVAILABLE = DAYS_UNTIL_AVAILABLE * DAY;

/** What a payment intent is opened with; `amount` in minor units. */
export interface PaymentIntentDraft {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  paymentMethodTypes: string[];
  receiptEmail: string | null;
}

export function newPaymentIntent(draft: PaymentIntentDraft, created: number): Stripe.PaymentIntent {
  const id = newObjectId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: draft.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: newObjectId(`${id}_secret`),
    confirmation_method: 'automatic',
    created,
    currency: draft.currency,
    customer: draft.customer,
    customer_account: null,
    description: draft.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: draft.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: draft.paymentMethodTypes,
    payment_record: null,
    processing: null,
    receipt_email: draft.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

export function newPaymentMethod(type: PaymentMethodType, payer: { receipt_email: string | null }, created: number): Stripe.PaymentMethod {
  return {
    id: newObjectId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billingDetails(payer),
    ...(type === 'card'
      ? {
          card: {
            ...CARD,
            checks: CHECKS,
            display_brand: 'visa',
            generated_from: null,
            networks: { available: ['visa'], preferred: null },
            regulated_status: 'unregulated',
            three_d_secure_usage: { supported: true },
            wallet: null,
          },
        }
      : { sepa_debit: { ...BANK, generated_from: { charge: null, setup_attempt: null } } }),
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
  };
}

/** A charge in the state that the attempt has reached; pending until the bank has answered. */
export function newCharge(
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  status: 'succeeded' | 'pending' | 'failed',
  created: number,
): Stripe.Charge {
  const failed = status === 'failed';
  return {
    id: newObjectId(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: failed ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: billingDetails(intent),
    calculated_statement_descriptor: 'PAYMENTS SANDBOX',
    captured: !failed,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? 'card_declined' : null,
    failure_message: failed ? 'Your card was declined.' : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(status),
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: paymentMethodDetails(method, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
}

const billingDetails = (payer: { receipt_email: string | null }) => ({ address: null, email: payer.receipt_email, name: null, phone: null, tax_id: null });

function outcome(status: 'succeeded' | 'pending' | 'failed'): Stripe.Charge.Outcome {
  const declined = status === 'failed';
  return {
    advice_code: declined ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: declined ? '01' : null,
    network_status: declined ? 'declined_by_network' : 'approved_by_network',
    reason: declined ? 'generic_decline' : null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: declined ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: declined ? 'issuer_declined' : 'authorized',
  };
}

function paymentMethodDetails(method: Stripe.PaymentMethod, amount: number): Stripe.Charge.PaymentMethodDetails {
  if (method.type === 'sepa_debit') return { type: 'sepa_debit', sepa_debit: { ...BANK, mandate: null } };
  return {
    type: 'card',
    card: {
      ...CARD,
      amount_authorized: amount,
      authorization_code: null,
      checks: CHECKS,
      electronic_commerce_indicator: null,
      installments: null,
      mandate: null,
      network: 'visa',
      network_token: { used: false },
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}
