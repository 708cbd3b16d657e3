import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { proportion, shareOf } from '../../../platform/money/money.js';
import type { BalanceTransaction } from '../payments/index.js';
import type { PaymentReport, ReceivedPayment } from './payment-report.js';

export const DONATION_STATUSES = ['pending', 'completed', 'failed', 'refunded'] as const;
export type DonationStatus = (typeof DONATION_STATUSES)[number];

export const DONATION_KINDS = ['one_time', 'recurring'] as const;
export type DonationKind = (typeof DONATION_KINDS)[number];

export const PAYMENT_PROVIDERS = ['stripe', 'manual'] as const;

/**
 * Aggregate root. One gift, from the opened checkout to the receipt (spec table `donations`, behaviour 2.7).
 * Money in minor units of `currency`. What it did to anybody's funds is in the ledger, not here.
 */
@Entity({ schema: 'giving', name: 'donations' })
@Index('ix_donations_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_donations_by_case', ['caseId'])
@Index('ix_donations_by_campaign_ref', ['campaignRefId'])
@Index('ix_donations_by_stripe_checkout_session', ['stripeCheckoutSessionId'], { unique: true, where: 'stripe_checkout_session_id IS NOT NULL' })
@Index('ix_donations_by_stripe_payment_intent', ['stripePaymentIntentId'], { unique: true, where: 'stripe_payment_intent_id IS NOT NULL' })
@Index('ix_donations_by_stripe_charge', ['stripeChargeId'], { where: 'stripe_charge_id IS NOT NULL' })
@Index('ix_donations_by_idempotency_key', ['idempotencyKey'], { unique: true, where: 'idempotency_key IS NOT NULL' })
@Index('ix_donations_subscription', ['subscriptionId'])
@Index('ix_donations_by_status', ['status', 'createdAt', 'id'])
@Index('ux_donations_stripe_invoice', ['stripeInvoiceId'], { unique: true, where: 'stripe_invoice_id IS NOT NULL' })
@Index('ux_donations_receipt', ['receiptId'], { unique: true, where: 'receipt_id IS NOT NULL' })
@Check('ck_donations_amount', 'amount > 0')
@Check('ck_donations_currency', `currency ~ '^[A-Z]{3}$'`)
@Check('ck_donations_message', 'char_length(message) <= 500')
@Check('ck_donations_target', 'num_nonnulls(case_id, campaign_ref_id, target_user_id) <= 1')
@Check('ck_donations_refunded_amount', 'refunded_amount BETWEEN 0 AND amount')
@Check('ck_donations_disputed_amount', 'disputed_amount >= 0')
@Check('ck_donations_completed', `status NOT IN ('completed', 'refunded') OR (completed_at IS NOT NULL AND receipt_id IS NOT NULL)`)
export class Donation {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn({ nullable: true }) @ForeignKey('Case') caseId: string | null;

  /** The person whom recurring support is for; null for a case or campaign. */
  @RefColumn({ nullable: true }) @ForeignKey('User') targetUserId: string | null;

  /** Identifier of the original system; no longer written. */
  @Column({ type: 'text', nullable: true }) campaignId: string | null;

  @RefColumn({ nullable: true }) @ForeignKey('Campaign') campaignRefId: string | null;

  @ClosedSetColumn('donations', DONATION_KINDS, { default: 'one_time' }) donationKind: DonationKind;

  /** The recurring support that it belongs to. */
  @RefColumn({ nullable: true }) @ForeignKey('Subscription') subscriptionId: string | null;

  /** What the donor asked to give, before the provider said what it received. */
  @MoneyColumn() requestedAmount: number;

  @Column({ type: 'text' }) requestedCurrency: string;

  /** What was asked for while pending; what the provider received from then on. */
  @MoneyColumn() amount: number;

  /** ISO 4217, upper case. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('donations', DONATION_STATUSES, { default: 'pending' }) status: DonationStatus;

  /** As the provider names it, such as `card` or `sepa_debit`. */
  @Column({ type: 'text', nullable: true }) paymentMethod: string | null;

  @ClosedSetColumn('donations', PAYMENT_PROVIDERS, { default: 'stripe' }) paymentProvider: (typeof PAYMENT_PROVIDERS)[number];

  @Column({ type: 'text', nullable: true }) stripeCheckoutSessionId: string | null;

  @Column({ type: 'text', nullable: true }) stripePaymentIntentId: string | null;

  @Column({ type: 'text', nullable: true }) stripeChargeId: string | null;

  @Column({ type: 'text', nullable: true }) stripeSubscriptionId: string | null;

  @Column({ type: 'text', nullable: true }) stripeInvoiceId: string | null;

  /** How the provider settled it, possibly in another currency; null until it says. */
  @Column({ type: 'jsonb', nullable: true }) balanceTransaction: BalanceTransaction | null;

  /** What `amount` came to at the provider, in minor units of `settledCurrency`; null until it says. */
  @MoneyColumn({ nullable: true }) settledAmount: number | null;

  @Column({ type: 'text', nullable: true }) settledCurrency: string | null;

  /** Units of `settledCurrency` for one of `currency`; null without conversion. */
  @Column({ type: 'double precision', nullable: true }) exchangeRate: number | null;

  /** One checkout for one wish: made of the request, or of the client's `Idempotency-Key`. */
  @Column({ type: 'text', nullable: true }) idempotencyKey: string | null;

  /** The hosted page. */
  @Column({ type: 'text', nullable: true }) checkoutUrl: string | null;

  @TimeColumn({ nullable: true }) checkoutExpiresAt: Date | null;

  /** Where the provider sends the donor back to. */
  @Column({ type: 'text', nullable: true }) successUrl: string | null;

  @Column({ type: 'text', nullable: true }) cancelUrl: string | null;

  /** `PT-` and eight characters; given at completion. */
  @Column({ type: 'text', nullable: true }) receiptId: string | null;

  /** The provider's own receipt. */
  @Column({ type: 'text', nullable: true }) receiptUrl: string | null;

  /** Id of the ledger entry that booked it. */
  @Column({ type: 'text', nullable: true }) transactionId: string | null;

  /** At most 500 characters; only for the donor and staff. */
  @Column({ type: 'text', nullable: true }) message: string | null;

  /** Hides the donor from everybody but staff and the donor. */
  @Column({ type: 'boolean' }) anonymous: boolean;

  /** The platform's share at the time, in basis points. */
  @Column({ type: 'integer', nullable: true }) platformFeeBps: number | null;

  @MoneyColumn({ nullable: true }) platformFeeAmount: number | null;

  /** What the provider kept, in minor units of `currency`; null until it says. */
  @MoneyColumn({ nullable: true }) processorFeeAmount: number | null;

  /** `amount` less what went back and the fees known and kept so far. */
  @MoneyColumn({ nullable: true }) netAmount: number | null;

  /** Refunds that the provider has taken from our balance, on their way or arrived. */
  @MoneyColumn({ default: 0 }) refundedAmount: number;

  /** What banks hold or have taken back in disputes. */
  @MoneyColumn({ default: 0 }) disputedAmount: number;

  /** How much of the platform's share was given back to the fund, in proportion to what went back. */
  @MoneyColumn({ default: 0 }) platformFeeReturned: number;

  /** How much of the provider's fee the platform has taken on itself, in proportion to what went back. */
  @MoneyColumn({ default: 0 }) processorFeeReturned: number;

  /** What the provider said last that had gone back of the charge in all, and when it was so. */
  @MoneyColumn({ default: 0 }) chargeRefundedAmount: number;

  @TimeColumn({ nullable: true }) chargeRefundedAt: Date | null;

  /** The kind of fraud that the card's bank warned of. */
  @Column({ type: 'text', nullable: true }) fraudWarning: string | null;

  @TimeColumn({ nullable: true }) fraudWarnedAt: Date | null;

  /** Time of the last refund. */
  @TimeColumn({ nullable: true }) refundedAt: Date | null;

  @TimeColumn({ nullable: true }) completedAt: Date | null;

  /**
   * When it was credited to its target; null while it is unallocated: its currency is another, or a payment of a
   * subscription came after its case had closed.
   */
  @TimeColumn({ nullable: true }) creditedAt: Date | null;

  @TimeColumn({ nullable: true }) failedAt: Date | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Money was received, whatever happened to it since. */
  get isReceived(): boolean {
    return this.status === 'completed' || this.status === 'refunded';
  }

  /** Whether a report can be about this donation: no id that it names contradicts one that is known. */
  matches(report: PaymentReport): boolean {
    return (
      (report.donationId === undefined || report.donationId === this.id) &&
      agrees(report.sessionId, this.stripeCheckoutSessionId) &&
      agrees(report.paymentIntentId, this.stripePaymentIntentId)
    );
  }

  /** Fills in what was not known yet. */
  note(report: PaymentReport): void {
    this.stripeCheckoutSessionId ??= report.sessionId ?? null;
    this.stripePaymentIntentId ??= report.paymentIntentId ?? null;
    this.stripeChargeId ??= report.chargeId ?? null;
    this.receiptUrl ??= report.receiptUrl ?? null;
    this.paymentMethod ??= report.paymentMethod ?? null;
  }

  /** The provider is the authority on what was received; a failure before it is overtaken (behaviour 2.7). */
  complete(payment: ReceivedPayment, receiptId: string, now: Date): void {
    this.status = 'completed';
    this.amount = payment.amount;
    this.currency = payment.currency;
    this.receiptId ??= receiptId;
    this.completedAt = now;
    this.failedAt = null;
  }

  /** Credits it to its target and sets the platform's share, rounded half up. */
  credit(platformFeeBps: number, now: Date): void {
    this.creditedAt = now;
    this.platformFeeBps = platformFeeBps;
    this.platformFeeAmount = shareOf(this.amount, platformFeeBps);
    this.countNet();
  }

  /** Takes over how the provider settled it; a fee in another currency counts at the rate of the settlement, rounded half up. */
  settle(transaction: BalanceTransaction): void {
    const { amount, currency, fee, exchangeRate } = transaction;
    this.balanceTransaction = transaction;
    this.settledAmount = amount;
    this.settledCurrency = currency;
    this.exchangeRate = exchangeRate;
    this.processorFeeAmount = currency === this.currency ? fee : Math.round((fee * this.amount) / amount);
    this.countNet();
  }

  /** What of it went back, by its way. More than was given never counts: a bank may take what was refunded before. */
  get wentBack(): WentBack {
    const refund = Math.min(this.refundedAmount, this.amount);
    return { refund, dispute: Math.min(this.disputedAmount, this.amount - refund) };
  }

  /** Takes over that money went back, or (negative) came again. It is refunded when nothing is left. */
  sendBack(way: keyof WentBack, amount: number, now: Date): void {
    if (way === 'dispute') {
      this.disputedAmount += amount;
    } else {
      this.refundedAmount += amount;
      if (this.refundedAmount > this.amount) throw new Error(`More went back of donation ${this.id} than was given: news of a refund that failed has still to come`);
      if (amount > 0) this.refundedAt = now;
      this.status = this.refundedAmount === this.amount ? 'refunded' : 'completed';
    }
    this.countNet();
  }

  /** Sets how much of each fee is given back, and answers by how much that changed. */
  returnFees({ processorFeeToo }: { processorFeeToo: boolean }): { platform: number; processor: number } {
    const back = this.wentBack.refund + this.wentBack.dispute;
    const platform = proportion(this.platformFeeAmount ?? 0, back, this.amount) - this.platformFeeReturned;
    const processor = (processorFeeToo ? proportion(this.processorFeeAmount ?? 0, back, this.amount) : 0) - this.processorFeeReturned;
    this.platformFeeReturned += platform;
    this.processorFeeReturned += processor;
    this.countNet();
    return { platform, processor };
  }

  private countNet(): void {
    const { refund, dispute } = this.wentBack;
    const fees = (this.platformFeeAmount ?? 0) - this.platformFeeReturned + (this.processorFeeAmount ?? 0) - this.processorFeeReturned;
    this.netAmount = this.amount - refund - dispute - fees;
  }

  fail(now: Date): void {
    this.status = 'failed';
    this.failedAt = now;
  }
}

/** Minor units of a donation that went back as refunds and in disputes. */
export interface WentBack {
  refund: number;
  dispute: number;
}

const agrees = (reported: string | undefined, known: string | null): boolean => reported === undefined || known === null || reported === known;
