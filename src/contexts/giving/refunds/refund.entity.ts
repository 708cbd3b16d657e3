import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const REFUND_STATUSES = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

export const REFUND_ORIGINS = ['staff', 'provider'] as const;

/** How far each status is along the way; news from further back is old news. */
const PROGRESS: Record<RefundStatus, number> = { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2 };

/**
 * Aggregate root. Money of a donation on its way back to the donor (behaviour 2.7, decision 3). Money in minor units of
 * `currency`. It is booked while the provider has taken it from our balance, which it does before the donor has it.
 */
@Entity({ schema: 'giving', name: 'refunds' })
@Index('ix_refunds_donation', ['donationId'])
@Index('ix_refunds_status', ['status', 'createdAt', 'id'])
@Index('ux_refunds_stripe_refund', ['stripeRefundId'], { unique: true, where: 'stripe_refund_id IS NOT NULL' })
@Index('ux_refunds_idempotency_key', ['idempotencyKey'], { unique: true, where: 'idempotency_key IS NOT NULL' })
@Check('ck_refunds_amount', 'amount > 0')
@Check('ck_refunds_booked_amount', 'booked_amount BETWEEN 0 AND amount')
export class Refund {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Donation') donationId: string;

  @MoneyColumn() amount: number;

  /** ISO 4217, that of the donation. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('refunds', REFUND_STATUSES, { default: 'pending' }) status: RefundStatus;

  /** When the provider said so. */
  @TimeColumn() statusAt: Date;

  /** Why staff give it back; for refunds that were not made here, the provider's word. */
  @Column({ type: 'text' }) reason: string;

  /** `provider`: made outside, in the provider's dashboard. */
  @ClosedSetColumn('refunds', REFUND_ORIGINS) origin: (typeof REFUND_ORIGINS)[number];

  /** Made of the client's `Idempotency-Key`. */
  @Column({ type: 'text', nullable: true }) idempotencyKey: string | null;

  /** `re_...`; null before the provider has taken the order, and while it told of the money but not yet of the refund. */
  @Column({ type: 'text', nullable: true }) stripeRefundId: string | null;

  /** The provider's word for why it failed. */
  @Column({ type: 'text', nullable: true }) failureReason: string | null;

  /** How often its money left or came back: each time is one entry in the books. */
  @Column({ type: 'integer', default: 0 }) movements: number;

  /** How much of it is away by our books. */
  @MoneyColumn({ default: 0 }) bookedAmount: number;

  @TimeColumn({ nullable: true }) succeededAt: Date | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Whether it may still take money: what is asked for besides has to leave room for it. */
  get isOpen(): boolean {
    return this.status !== 'failed' && this.status !== 'canceled';
  }

  /** Told of by the sum of its charge alone: the provider's own word on it has still to come. */
  get isUnnamed(): boolean {
    return this.origin === 'provider' && this.stripeRefundId == null;
  }

  /**
   * Whether it may be among what had gone back at that time: it failed later, if at all. One that was made since counts
   * as well, because its own charge's news is on the way: better a little too late than twice.
   */
  wasOpen(at: Date): boolean {
    return this.isOpen || (this.stripeRefundId != null && this.statusAt >= at);
  }

  /** Whether its money is away by what the provider says. */
  get takesMoney(): boolean {
    return this.status === 'succeeded' || (this.status === 'pending' && this.stripeRefundId != null);
  }

  /** Takes over a status, unless it is older news; answers whether it did. */
  follow(status: RefundStatus, at: Date): boolean {
    const ahead = PROGRESS[status] - PROGRESS[this.status];
    if (status === this.status || ahead < 0 || (ahead === 0 && (PROGRESS[status] === PROGRESS.failed || at < this.statusAt))) return false;
    this.status = status;
    this.statusAt = at;
    return true;
  }
}
