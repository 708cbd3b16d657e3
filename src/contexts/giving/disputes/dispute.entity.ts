import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const DISPUTE_STATUSES = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'appeal_needs_response',
  'appeal_under_review',
  'won',
  'lost',
  'prevented',
] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

const CLOSED: readonly DisputeStatus[] = ['warning_closed', 'won', 'lost', 'prevented'];

export const isClosed = (status: DisputeStatus): boolean => CLOSED.includes(status);

/**
 * Aggregate root. A donor's bank takes a payment back (decision 3). The money is away from the withdrawal on; a won
 * dispute brings it back, a lost one never does. Amounts in minor units.
 */
@Entity({ schema: 'giving', name: 'disputes' })
@Index('ux_disputes_stripe_dispute', ['stripeDisputeId'], { unique: true })
@Index('ix_disputes_donation', ['donationId'])
@Index('ix_disputes_evidence_due', ['evidenceDueBy', 'id'], { where: 'closed_at IS NULL' })
@Check('ck_disputes_taken_amount', 'taken_amount >= 0')
export class Dispute {
  @IdColumn() id: string;

  /** `dp_...` or `du_...`. */
  @Column({ type: 'text' }) stripeDisputeId: string;

  @RefColumn() @ForeignKey('Donation') donationId: string;

  /** What is disputed, as the provider says. */
  @MoneyColumn() amount: number;

  /** ISO 4217. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('disputes', DISPUTE_STATUSES) status: DisputeStatus;

  /** When the provider said so. */
  @TimeColumn() statusAt: Date;

  /** The bank's category, such as `fraudulent`. */
  @Column({ type: 'text' }) reason: string;

  /** Until when evidence can be handed in; null when none is wanted. */
  @TimeColumn({ nullable: true }) evidenceDueBy: Date | null;

  /** Whether the provider told that the money was taken. */
  @Column({ type: 'boolean', default: false }) withdrawn: boolean;

  /** Whether it told that the money came back. */
  @Column({ type: 'boolean', default: false }) reinstated: boolean;

  /** What is away because of it now, in minor units of the donation's currency. */
  @MoneyColumn({ default: 0 }) takenAmount: number;

  /** What the provider charged for the dispute so far. */
  @MoneyColumn({ default: 0 }) feeAmount: number;

  /** ISO 4217 of the fee: what the provider settles in. */
  @Column({ type: 'text', nullable: true }) feeCurrency: string | null;

  /** How often its money left or came back: each time is one entry in the books. */
  @Column({ type: 'integer', default: 0 }) movements: number;

  @TimeColumn() openedAt: Date;

  @TimeColumn({ nullable: true }) closedAt: Date | null;

  @TimeColumn() updatedAt: Date;

  /** Whether the money is away by all that the provider said, in whatever order. */
  get takesMoney(): boolean {
    if (this.status === 'lost') return true;
    return !isClosed(this.status) && this.withdrawn && !this.reinstated;
  }

  /** Takes over a status, unless it is older news: what is closed opens only for an appeal. Answers whether it did. */
  follow(status: DisputeStatus, at: Date): boolean {
    if (status === this.status) return false;
    const reopens = isClosed(this.status) && !isClosed(status);
    if (reopens ? at < this.statusAt || !status.startsWith('appeal_') : at < this.statusAt && !isClosed(status)) return false;
    this.status = status;
    this.statusAt = at;
    return true;
  }
}
