import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** What comes of an appeal: the decision stands, or is taken back. */
export const APPEAL_DECISIONS = ['upheld', 'overturned'] as const;
export type AppealDecision = (typeof APPEAL_DECISIONS)[number];

export const APPEAL_STATUSES = ['pending', ...APPEAL_DECISIONS] as const;
export type AppealStatus = (typeof APPEAL_STATUSES)[number];

/** Child. The one appeal that the affected person may make against a decision (our addition). */
@Entity({ schema: 'trust', name: 'appeals' })
@Index('ux_appeals_decision', ['decisionId'], { unique: true })
@Index('ix_appeals_by_status', ['status', 'createdAt', 'id'])
@Index('ix_appeals_newest', ['createdAt', 'id'])
@Index('ix_appeals_by_user', ['userId'])
export class Appeal {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Decision') decisionId: string;

  @RefColumn() @ForeignKey('User') userId: string;

  /** At most 2000 characters; null once its author is erased. */
  @Column({ type: 'text', nullable: true }) text: string | null;

  @ClosedSetColumn('appeals', APPEAL_STATUSES, { default: 'pending' }) status: AppealStatus;

  @TimeColumn() createdAt: Date;

  @RefColumn({ nullable: true }) @ForeignKey('User') reviewedBy: string | null;

  /** The staff account, where it was one. */
  @RefColumn({ nullable: true }) reviewedByStaff: string | null;

  @TimeColumn({ nullable: true }) reviewedAt: Date | null;

  /** Why, as the person who appealed reads it. At most 2000 characters. */
  @Column({ type: 'text', nullable: true }) notes: string | null;
}
