import type { Stripe } from 'stripe';
import { processingFee, settle, SETTLEMENT_CURRENCY } from './currencies.js';
import { newObjectId } from './object-id.js';
import { SECONDS_UNTIL_AVAILABLE } from './payment.objects.js';

/** What moves money on the account's balance, with the names that the API has for it. */
const MOVEMENTS = {
  charge: { type: 'charge', category: 'charge', description: null, sign: 1 },
  refund: { type: 'refund', category: 'refund', description: 'REFUND FOR CHARGE', sign: -1 },
  refund_failure: { type: 'refund_failure', category: 'refund_failure', description: 'REFUND FAILURE', sign: 1 },
  dispute: { type: 'adjustment', category: 'dispute', description: 'Chargeback withdrawal', sign: -1 },
  dispute_reversal: { type: 'adjustment', category: 'dispute_reversal', description: 'Chargeback reversal', sign: 1 },
  payout: { type: 'payout', category: 'payout', description: 'STRIPE PAYOUT', sign: -1 },
  payout_failure: { type: 'payout_failure', category: 'payout_reversal', description: 'PAYOUT FAILURE', sign: 1 },
} as const;

export type Movement = keyof typeof MOVEMENTS;

/** What a dispute costs, whoever wins: 20.00 EUR in minor units. */
export const DISPUTE_FEE = 2_000;

export interface MovementSource {
  id: string;
  /** Minor units as the API takes them. */
  amount: number;
  currency: string;
  description?: string | null;
}

/** A movement on the account's balance, in the currency that it is settled in. Charges and disputes cost a fee; nothing gives one back. */
export function newBalanceTransaction(movement: Movement, source: MovementSource, created: number): Stripe.BalanceTransaction {
  const { type, category, description, sign } = MOVEMENTS[movement];
  const settled = settle(source.amount, source.currency);
  const fee = feeOf(movement, settled.amount);
  const amount = sign * settled.amount;
  return {
    id: newObjectId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: created + SECONDS_UNTIL_AVAILABLE,
    balance_type: 'payments',
    created,
    currency: SETTLEMENT_CURRENCY,
    description: description ?? source.description ?? null,
    exchange_rate: settled.exchangeRate,
    fee,
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency: SETTLEMENT_CURRENCY, description: movement === 'charge' ? 'Stripe processing fees' : 'Dispute fee', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: category,
    source: source.id,
    status: 'pending',
    type: movement === 'charge' && source.id.startsWith('py_') ? 'payment' : type,
  };
}

function feeOf(movement: Movement, settledAmount: number): number {
  if (movement === 'charge') return processingFee(settledAmount);
  return movement === 'dispute' ? DISPUTE_FEE : 0;
}
