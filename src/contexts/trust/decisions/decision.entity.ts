import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { type Sanction, SANCTIONS, TARGET_TYPES, type TargetType } from '../targets/index.js';

/**
 * Aggregate root. What staff decided about something of somebody's, with the reasons as that person reads them
 * (our addition). It never tells who reported.
 */
@Entity({ schema: 'trust', name: 'decisions' })
@Index('ix_decisions_by_user', ['userId', 'decidedAt', 'id'])
@Index('ix_decisions_by_target', ['targetType', 'targetId'])
@Index('ux_decisions_report', ['reportId'], { unique: true, where: 'report_id IS NOT NULL' })
export class Decision {
  @IdColumn() id: string;

  /** Whom it concerns. */
  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('decisions', SANCTIONS) action: Sanction;

  /** Context that owns what it is about: `rescue`. */
  @Column({ type: 'text' }) targetContext: string;

  @ClosedSetColumn('decisions', TARGET_TYPES) targetType: TargetType;

  @RefColumn() targetId: string;

  /** The case that the target is or hangs on. */
  @RefColumn({ nullable: true }) caseId: string | null;

  /** At most 2000 characters. */
  @Column({ type: 'text' }) reason: string;

  /** Who decided: `user:<id>` or `staff:<id>`, see `personOf`; somebody else judges an appeal. */
  @Column({ type: 'text', nullable: true }) decidedBy: string | null;

  /** The report that led to it; null for an act of staff's own. */
  @RefColumn({ nullable: true }) reportId: string | null;

  @TimeColumn() decidedAt: Date;

  @TimeColumn() appealUntil: Date;

  /** When an appeal took it back. */
  @TimeColumn({ nullable: true }) overturnedAt: Date | null;
}
