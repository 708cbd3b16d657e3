import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../database/columns.js';

/** Log. One row per event and consumer, written with the consumer's effect: it happened exactly once. */
@Entity({ schema: 'platform', name: 'inbox_receipts' })
@Index('ix_inbox_receipts_handled', ['handledAt'])
export class InboxReceipt {
  @PrimaryColumn({ type: 'uuid' }) eventId: string;

  @PrimaryColumn({ type: 'text' }) consumer: string;

  @TimeColumn() handledAt: Date;

  /** What the consumer made of it, such as `done` or `donation_not_found`. */
  @Column({ type: 'text', nullable: true }) outcome: string | null;
}
