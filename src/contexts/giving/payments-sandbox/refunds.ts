import type { Stripe } from 'stripe';
import { formatAmount } from './currencies.js';
import { fails, staysPending } from './magic-amounts.js';
import { newObjectId } from './object-id.js';
import type { Payments } from './payments.js';
import type { RequestParams } from './request-params.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { invalidRequest } from './stripe-error.js';

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

/** Seconds until a refund has reached the customer's bank. */
const REFUND_SETTLES_AFTER = 1;
const SLOW_REFUND_SETTLES_AFTER = 30;

/** Giving back all or part of a charge: taken from the balance at once, pending until the bank has it. */
export class Refunds {
  constructor(private readonly payments: Payments) {}

  /** @throws StripeApiError 400 for an unknown, unpaid or already refunded charge and for more than is left of it. */
  async create(tx: SandboxTransaction, params: RequestParams): Promise<Stripe.Refund> {
    params.allowOnly(['amount', 'charge', 'metadata', 'payment_intent', 'reason']);
    const charge = await this.lockCharge(tx, params);
    const left = charge.amount - charge.amount_refunded;
    if (!charge.paid) throw invalidRequest(`Charge ${charge.id} has not been paid, so it cannot be refunded.`, { param: 'charge' });
    if (charge.disputed && (await this.isDisputed(tx, charge.id))) throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
    if (left === 0) throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    const amount = params.integer('amount', { min: 1 }) ?? left;
    if (amount > left) {
      const [asked, rest] = [amount, left].map((value) => formatAmount(value, charge.currency));
      throw invalidRequest(`Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`, { param: 'amount' });
    }
    const refund = newRefund(charge, amount, params, tx.unixNow);
    const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
    refund.balance_transaction = (await this.payments.book(tx, 'refund', refund)).id;
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    await tx.insert(refund);
    await tx.save(charge);
    await tx.recordEvent('refund.created', refund);
    await tx.recordEvent('charge.refunded', charge, before);
    await tx.schedule('settle_refund', refund.id, staysPending(amount) ? SLOW_REFUND_SETTLES_AFTER : REFUND_SETTLES_AFTER);
    return refund;
  }

  /** The bank has it, or has sent it back: see {@link fails}. */
  async settle(tx: SandboxTransaction, refundId: string): Promise<Stripe.Refund> {
    const refund = await tx.lock('refund', refundId, 'refund');
    if (refund.status !== 'pending') return refund;
    return fails(refund.amount) ? this.fail(tx, refundId) : this.succeed(tx, refund);
  }

  /** The bank sends it back, also after it had succeeded. @throws StripeApiError 400 when it is over already. */
  async fail(tx: SandboxTransaction, refundId: string): Promise<Stripe.Refund> {
    const refund = await tx.lock('refund', refundId, 'refund');
    if (refund.status !== 'pending' && refund.status !== 'succeeded') throw invalidRequest(`Refund ${refund.id} is ${refund.status}.`, { param: 'refund' });
    const before = { status: refund.status };
    const charge = await tx.lock('charge', String(refund.charge), 'charge');
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    refund.status = 'failed';
    refund.failure_reason = 'lost_or_stolen_card';
    delete refund.pending_reason;
    refund.failure_balance_transaction = (await this.payments.book(tx, 'refund_failure', refund)).id;
    await tx.save(charge);
    await tx.save(refund);
    await tx.recordEvent('refund.updated', refund, before);
    await tx.recordEvent('refund.failed', refund);
    return refund;
  }

  private async succeed(tx: SandboxTransaction, refund: Stripe.Refund): Promise<Stripe.Refund> {
    refund.status = 'succeeded';
    delete refund.pending_reason;
    if (refund.destination_details?.card) {
      Object.assign(refund.destination_details.card, { reference: '5555555555555557', reference_status: 'available' });
    }
    await tx.save(refund);
    await tx.recordEvent('refund.updated', refund, { status: 'pending' });
    await tx.recordEvent('charge.refund.updated', refund, { status: 'pending' });
    return refund;
  }

  /** Whether a dispute has taken the money of a charge, for now or for good. An inquiry has not. */
  private async isDisputed(tx: SandboxTransaction, chargeId: string): Promise<boolean> {
    const conditions = [{ sql: "data->>'charge' = ?", value: chargeId }];
    const { rows } = await tx.list('dispute', { limit: 10, conditions });
    return rows.some(({ status }) => !status.startsWith('warning') && status !== 'won');
  }

  private async lockCharge(tx: SandboxTransaction, params: RequestParams): Promise<Stripe.Charge> {
    const chargeId = params.text('charge');
    const intentId = params.text('payment_intent');
    if (chargeId !== undefined) {
      const charge = await tx.lock('charge', chargeId, 'charge', 400);
      if (intentId === undefined || charge.payment_intent === intentId) return charge;
      throw invalidRequest('The charge does not belong to the payment_intent.', { param: 'payment_intent' });
    }
    if (intentId === undefined) {
      throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.', { code: 'parameter_missing' });
    }
    const intent = await tx.get('payment_intent', intentId, 'payment_intent', 400);
    if (intent.status !== 'succeeded') {
      throw invalidRequest('This PaymentIntent does not have a successful charge to refund.', { param: 'payment_intent' });
    }
    return tx.lock('charge', String(intent.latest_charge), 'charge', 400);
  }
}

function newRefund(charge: Stripe.Charge, amount: number, params: RequestParams, created: number): Stripe.Refund {
  return {
    id: newObjectId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    ...(charge.payment_method_details?.card && {
      destination_details: { card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' as const }, type: 'card' },
    }),
    metadata: params.metadata(),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    pending_reason: 'processing',
    reason: params.oneOf('reason', REASONS) ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'pending',
    transfer_reversal: null,
  };
}
