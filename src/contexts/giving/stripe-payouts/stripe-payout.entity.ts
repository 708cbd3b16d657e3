import { Column, Entity, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, TimeColumn } from '../../../platform/database/columns.js';

export const STRIPE_PAYOUT_STATUSES = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const;
export type StripePayoutStatus = (typeof STRIPE_PAYOUT_STATUSES)[number];

const PROGRESS: Record<StripePayoutStatus, number> = { pending: 0, in_transit: 1, paid: 2, canceled: 3, failed: 3 };

/** Aggregate root. Money that the payment provider sends from our balance with it to our bank account. Minor units. */
@Entity({ schema: 'giving', name: 'stripe_payouts' })
@Index('ux_stripe_payouts_stripe_payout', ['stripePayoutId'], { unique: true })
@Index('ix_stripe_payouts_created', ['createdAt', 'id'])
export class StripePayout {
  @IdColumn() id: string;

  /** `po_...`. */
  @Column({ type: 'text' }) stripePayoutId: string;

  @MoneyColumn() amount: number;

  /** ISO 4217. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('stripe_payouts', STRIPE_PAYOUT_STATUSES) status: StripePayoutStatus;

  /** When it is, or was, to reach the bank. */
  @TimeColumn({ nullable: true }) arrivalDate: Date | null;

  @Column({ type: 'text', nullable: true }) failureCode: string | null;

  @Column({ type: 'text', nullable: true }) failureMessage: string | null;

  /** How often its money left or came back: each time is one entry in the books. */
  @Column({ type: 'integer', default: 0 }) movements: number;

  /** Since when its money is at the bank by our books. */
  @TimeColumn({ nullable: true }) bookedAt: Date | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Takes over a status unless it is older news: one that was paid may still fail, never the other way round. Answers whether it did. */
  follow(status: StripePayoutStatus): boolean {
    if (PROGRESS[status] <= PROGRESS[this.status]) return false;
    this.status = status;
    return true;
  }
}
