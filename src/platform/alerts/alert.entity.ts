import { Column, Entity, Index } from 'typeorm';
import { IdColumn, TimeColumn } from '../database/columns.js';

/**
 * Log. Something that somebody has to look at: books that differ, a payout that failed. One open row for each kind and
 * subject; a check closes it by itself when what it found is gone, and staff close it with a reason.
 */
@Entity({ schema: 'platform', name: 'alerts' })
@Index('ux_alerts_open', ['kind', 'subject'], { unique: true, where: 'resolved_at IS NULL' })
@Index('ix_alerts_raised', ['raisedAt', 'id'])
export class Alert {
  @IdColumn() id: string;

  /** What is wrong, `<context>.<what>`, such as `giving.books_differ`. */
  @Column({ type: 'text' }) kind: string;

  /** Which thing it is about: an id, or a check and an id. */
  @Column({ type: 'text' }) subject: string;

  /** What was found last. No personal data. */
  @Column({ type: 'jsonb', default: {} }) details: Record<string, unknown>;

  @TimeColumn() raisedAt: Date;

  /** When it was found last. */
  @TimeColumn() lastSeenAt: Date;

  @TimeColumn({ nullable: true }) resolvedAt: Date | null;

  /** What staff said, or that it was gone. */
  @Column({ type: 'text', nullable: true }) resolution: string | null;
}
