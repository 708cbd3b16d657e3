import type { Stripe } from 'stripe';
import { type Movement, type MovementSource, newBalanceTransaction } from './balance-movements.js';
import {
  newCharge,
  newPaymentIntent,
  newPaymentMethod,
  type PaymentIntentDraft,
  SECONDS_UNTIL_AVAILABLE,
} from './payment.objects.js';
import type { SandboxTransaction } from './sandbox-store.js';

/** What happens to a payment, whoever asked for it: a checkout session or an invoice. */
export class Payments {
  /** @param receiptUrl the public address of a charge's receipt */
  constructor(private readonly receiptUrl: (chargeId: string) => string) {}

  async open(tx: SandboxTransaction, draft: PaymentIntentDraft): Promise<Stripe.PaymentIntent> {
    const intent = newPaymentIntent(draft, tx.unixNow);
    await tx.insert(intent);
    await tx.recordEvent('payment_intent.created', intent);
    return intent;
  }

  /** The card is charged at once: the saved one where there is one. */
  async payByCard(tx: SandboxTransaction, intent: Stripe.PaymentIntent, saved?: Stripe.PaymentMethod): Promise<void> {
    const charge = await this.attempt(tx, intent, saved ?? 'card', 'succeeded');
    await this.succeed(tx, intent, charge);
  }

  /** The bank refuses the card; the intent stays open for another try. */
  async declineCard(tx: SandboxTransaction, intent: Stripe.PaymentIntent, saved?: Stripe.PaymentMethod): Promise<void> {
    const charge = await this.attempt(tx, intent, saved ?? 'card', 'failed');
    await tx.recordEvent('charge.failed', charge);
    await this.returnToCustomer(tx, intent, {
      advice_code: 'try_again_later',
      charge: charge.id,
      code: 'card_declined',
      decline_code: 'generic_decline',
      doc_url: 'https://docs.stripe.com/error-codes/card-declined',
      message: 'Your card was declined.',
      type: 'card_error',
    });
  }

  /** A bank debit is ordered; `settleDebit` or `failDebit` brings the bank's answer later. */
  async startDebit(tx: SandboxTransaction, intent: Stripe.PaymentIntent): Promise<void> {
    const charge = await this.attempt(tx, intent, 'sepa_debit', 'pending');
    intent.status = 'processing';
    await tx.save(intent);
    await tx.recordEvent('charge.pending', charge);
    await tx.recordEvent('payment_intent.processing', intent);
  }

  async settleDebit(tx: SandboxTransaction, intent: Stripe.PaymentIntent): Promise<void> {
    const charge = await this.latestCharge(tx, intent);
    charge.status = 'succeeded';
    charge.paid = true;
    await this.succeed(tx, intent, charge);
  }

  async failDebit(tx: SandboxTransaction, intent: Stripe.PaymentIntent): Promise<void> {
    const charge = await this.latestCharge(tx, intent);
    const message = 'The customer has insufficient funds in their account to cover this payment.';
    Object.assign(charge, { status: 'failed', captured: false, amount_captured: 0, failure_code: 'insufficient_funds', failure_message: message });
    await tx.save(charge);
    await tx.recordEvent('charge.failed', charge);
    await this.returnToCustomer(tx, intent, { charge: charge.id, code: 'payment_intent_payment_attempt_failed', message, type: 'card_error' });
  }

  async cancel(tx: SandboxTransaction, intent: Stripe.PaymentIntent): Promise<void> {
    intent.status = 'canceled';
    intent.canceled_at = tx.unixNow;
    intent.cancellation_reason = 'expired';
    await tx.save(intent);
    await tx.recordEvent('payment_intent.canceled', intent);
  }

  /** What a charge or refund brought or took becomes available. */
  async releaseFunds(tx: SandboxTransaction, balanceTransactionId: string): Promise<void> {
    const transaction = await tx.lock('balance_transaction', balanceTransactionId, 'id');
    transaction.status = 'available';
    await tx.save(transaction);
  }

  /** Moves what an object is about on the account's balance. */
  async book(tx: SandboxTransaction, movement: Movement, source: MovementSource): Promise<Stripe.BalanceTransaction> {
    const transaction = newBalanceTransaction(movement, source, tx.unixNow);
    await tx.insert(transaction);
    await tx.schedule('release_funds', transaction.id, SECONDS_UNTIL_AVAILABLE);
    return transaction;
  }

  private async attempt(
    tx: SandboxTransaction,
    intent: Stripe.PaymentIntent,
    by: Stripe.PaymentMethod | 'card' | 'sepa_debit',
    status: 'succeeded' | 'pending' | 'failed',
  ): Promise<Stripe.Charge> {
    const method = typeof by === 'string' ? newPaymentMethod(by, intent, tx.unixNow) : by;
    const charge = newCharge(intent, method, status, tx.unixNow);
    intent.latest_charge = charge.id;
    intent.payment_method = method.id;
    if (typeof by === 'string') await tx.insert(method);
    await tx.insert(charge);
    return charge;
  }

  /** As at Stripe (`automatic_async`), the charge is told of first and its balance transaction follows with `charge.updated`. */
  private async succeed(tx: SandboxTransaction, intent: Stripe.PaymentIntent, charge: Stripe.Charge): Promise<void> {
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    intent.last_payment_error = null;
    charge.receipt_url = this.receiptUrl(charge.id);
    await tx.save(intent);
    await tx.recordEvent('charge.succeeded', charge);
    await tx.recordEvent('payment_intent.succeeded', intent);
    charge.balance_transaction = (await this.book(tx, 'charge', charge)).id;
    await tx.save(charge);
    await tx.recordEvent('charge.updated', charge, { balance_transaction: null });
  }

  private async returnToCustomer(
    tx: SandboxTransaction,
    intent: Stripe.PaymentIntent,
    error: Stripe.PaymentIntent.LastPaymentError,
  ): Promise<void> {
    const method = await tx.get('payment_method', String(intent.payment_method), 'payment_method');
    intent.status = 'requires_payment_method';
    intent.last_payment_error = { ...error, payment_method: method };
    intent.payment_method = null;
    await tx.save(intent);
    await tx.recordEvent('payment_intent.payment_failed', intent);
  }

  private latestCharge(tx: SandboxTransaction, intent: Stripe.PaymentIntent): Promise<Stripe.Charge> {
    return tx.lock('charge', String(intent.latest_charge), 'latest_charge');
  }
}
