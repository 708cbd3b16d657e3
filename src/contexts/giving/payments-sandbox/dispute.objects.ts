import type { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';

const DAYS_FOR_EVIDENCE = 9;
const DAY = 86_400;

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** A dispute over what is left of a charge. An inquiry takes no money yet. */
export function newDispute(charge: Stripe.Charge, inquiry: boolean, created: number): Stripe.Dispute {
  return {
    id: newObjectId('du'),
    object: 'dispute',
    amount: charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...NO_EVIDENCE },
    evidence_details: {
      due_by: created + DAYS_FOR_EVIDENCE * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: { card: { brand: 'visa', case_type: inquiry ? 'inquiry' : 'chargeback', network: 'visa', network_reason_code: '10.4' }, type: 'card' },
    reason: 'fraudulent',
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

export const newFraudWarning = (charge: Stripe.Charge, created: number): Stripe.Radar.EarlyFraudWarning => ({
  id: newObjectId('issfr'),
  object: 'radar.early_fraud_warning',
  actionable: !charge.refunded && !charge.disputed,
  charge: charge.id,
  created,
  fraud_type: 'made_with_stolen_card',
  livemode: false,
  ...(charge.payment_intent ? { payment_intent: charge.payment_intent } : {}),
});
