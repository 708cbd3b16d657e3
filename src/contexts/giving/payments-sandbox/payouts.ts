import type { Stripe } from 'stripe';
import { SETTLEMENT_CURRENCY } from './currencies.js';
import { newObjectId } from './object-id.js';
import type { Payments } from './payments.js';
import type { RequestParams } from './request-params.js';
import { fails } from './magic-amounts.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { invalidRequest } from './stripe-error.js';

/** Seconds until a payout has reached the bank, or the bank has sent it back. At Stripe these are days. */
const PAYOUT_ARRIVES_AFTER = 1;

/** Money from the account's balance to its bank account. */
export class Payouts {
  constructor(private readonly payments: Payments) {}

  /** @throws StripeApiError 400 for another currency than the account's and for more than its balance. */
  async create(tx: SandboxTransaction, params: RequestParams): Promise<Stripe.Payout> {
    params.allowOnly(['amount', 'currency', 'description', 'metadata', 'statement_descriptor']);
    const amount = params.required('amount', params.integer('amount', { min: 1 }));
    if (params.required('currency', params.text('currency'))?.toLowerCase() !== SETTLEMENT_CURRENCY) {
      throw invalidRequest(`You do not have an external account in that currency; use ${SETTLEMENT_CURRENCY}.`, { param: 'currency' });
    }
    const balance = (await tx.balance()).reduce((sum, row) => sum + row.amount, 0);
    if (amount > balance) throw invalidRequest('You have insufficient funds in your Stripe account for this transfer.', { code: 'balance_insufficient', param: 'amount' });
    const payout = newPayout(amount, params, tx.unixNow, PAYOUT_ARRIVES_AFTER);
    payout.balance_transaction = (await this.payments.book(tx, 'payout', payout)).id;
    await tx.insert(payout);
    await tx.recordEvent('payout.created', payout);
    await tx.schedule('settle_payout', payout.id, PAYOUT_ARRIVES_AFTER);
    return payout;
  }

  /** It has arrived; one that the bank sends back is told of as paid before, as at Stripe. */
  async settle(tx: SandboxTransaction, payoutId: string): Promise<void> {
    const payout = await tx.lock('payout', payoutId, 'payout');
    payout.status = 'paid';
    await tx.save(payout);
    await tx.recordEvent('payout.paid', payout);
    if (!fails(payout.amount)) return;
    Object.assign(payout, { status: 'failed', failure_code: 'account_closed', failure_message: 'The bank account has been closed.' });
    payout.failure_balance_transaction = (await this.payments.book(tx, 'payout_failure', payout)).id;
    await tx.save(payout);
    await tx.recordEvent('payout.failed', payout);
  }
}

const newPayout = (amount: number, params: RequestParams, created: number, arrivesAfter: number): Stripe.Payout => ({
  id: newObjectId('po'),
  object: 'payout',
  amount,
  application_fee: null,
  application_fee_amount: null,
  arrival_date: created + arrivesAfter,
  automatic: false,
  balance_transaction: null,
  created,
  currency: SETTLEMENT_CURRENCY,
  description: params.text('description') ?? null,
  destination: 'ba_sandbox',
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  livemode: false,
  metadata: params.metadata(),
  method: 'standard',
  original_payout: null,
  payout_method: null,
  reconciliation_status: 'not_applicable',
  reversed_by: null,
  source_type: 'card',
  statement_descriptor: params.text('statement_descriptor', 22) ?? null,
  status: 'pending',
  trace_id: null,
  type: 'bank_account',
});
