import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const SUBSCRIPTION_STATUSES = ['pending', 'active', 'past_due', 'canceled', 'unpaid'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export const SUBSCRIPTION_TARGETS = ['case', 'user'] as const;
export type SubscriptionTarget = (typeof SUBSCRIPTION_TARGETS)[number];

export const SUBSCRIPTION_INTERVALS = ['month', 'year'] as const;
export type SubscriptionInterval = (typeof SUBSCRIPTION_INTERVALS)[number];

export const CANCEL_REASONS = ['donor', 'staff', 'provider', 'checkout_expired', 'refused', 'case_closed', 'person_erased'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Where a subscription may go from where it is (behaviour 2.8). Nothing leads back to pending, or out of canceled. */
const TRANSITIONS: Readonly<Record<SubscriptionStatus, readonly SubscriptionStatus[]>> = {
  // The provider may report trouble before the checkout itself.
  pending: ['active', 'past_due', 'unpaid', 'canceled'],
  active: ['past_due', 'unpaid', 'canceled'],
  past_due: ['active', 'unpaid', 'canceled'],
  unpaid: ['active', 'past_due', 'canceled'],
  canceled: [],
};

/** Aggregate root. Support of a case or person that repeats until somebody ends it (spec table `subscriptions`, behaviour 2.8). */
@Entity({ schema: 'giving', name: 'subscriptions' })
@Index('ix_subscriptions_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_subscriptions_by_target', ['targetType', 'targetId'])
@Index('ux_subscriptions_stripe_subscription', ['stripeSubscriptionId'], { unique: true, where: 'stripe_subscription_id IS NOT NULL' })
@Index('ux_subscriptions_stripe_checkout_session', ['stripeCheckoutSessionId'], { unique: true, where: 'stripe_checkout_session_id IS NOT NULL' })
@Index('ux_subscriptions_idempotency_key', ['idempotencyKey'], { unique: true, where: 'idempotency_key IS NOT NULL' })
@Index('ix_subscriptions_pending', ['createdAt', 'id'], { where: `status = 'pending'` })
@Index('ix_subscriptions_to_end', ['canceledAt'], { where: `status = 'canceled' AND stripe_canceled_at IS NULL` })
@Check('ck_subscriptions_amount', 'amount > 0')
@Check('ck_subscriptions_currency', `currency ~ '^[A-Z]{3}$'`)
@Check('ck_subscriptions_canceled', `(status = 'canceled') = (canceled_at IS NOT NULL) AND (status = 'canceled') = (cancel_reason IS NOT NULL)`)
export class Subscription {
  @IdColumn() id: string;

  /** Who gives. */
  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('subscriptions', SUBSCRIPTION_TARGETS) targetType: SubscriptionTarget;

  /** The case or the person. */
  @RefColumn() targetId: string;

  @Column({ type: 'text', nullable: true }) stripeSubscriptionId: string | null;

  @Column({ type: 'text', nullable: true }) stripeCheckoutSessionId: string | null;

  @ClosedSetColumn('subscriptions', SUBSCRIPTION_STATUSES, { default: 'pending' }) status: SubscriptionStatus;

  /** Minor units of `currency`, each interval. */
  @MoneyColumn() amount: number;

  /** ISO 4217, upper case. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('subscriptions', SUBSCRIPTION_INTERVALS, { default: 'month' }) interval: SubscriptionInterval;

  /** One checkout for one wish: made of the request, or of the client's `Idempotency-Key`. */
  @Column({ type: 'text', nullable: true }) idempotencyKey: string | null;

  /** The hosted page. */
  @Column({ type: 'text', nullable: true }) checkoutUrl: string | null;

  @TimeColumn({ nullable: true }) checkoutExpiresAt: Date | null;

  /** Where the provider sends the donor back to. */
  @Column({ type: 'text' }) successUrl: string;

  @Column({ type: 'text' }) cancelUrl: string;

  /** The time of the provider's word that `status` follows; older words come too late. */
  @TimeColumn({ nullable: true }) statusAsOf: Date | null;

  @ClosedSetColumn('subscriptions', CANCEL_REASONS, { nullable: true }) cancelReason: CancelReason | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  @TimeColumn({ nullable: true }) canceledAt: Date | null;

  /** When the provider had ended it too; null while that is still to be done. */
  @TimeColumn({ nullable: true }) stripeCanceledAt: Date | null;

  get isCanceled(): boolean {
    return this.status === 'canceled';
  }

  /** The case that the payments are for; null for a person. */
  get caseId(): string | null {
    return this.targetType === 'case' ? this.targetId : null;
  }

  canMoveTo(status: SubscriptionStatus): boolean {
    return TRANSITIONS[this.status].includes(status);
  }
}
