import { Column, Entity, Index } from 'typeorm';
import { IdColumn, TimeColumn } from '../database/columns.js';

/** Log. Facts committed with the change they tell of, until the relay has handed them to the queues. */
@Entity({ schema: 'platform', name: 'outbox_events' })
@Index('ix_outbox_events_unpublished', ['id'], { where: 'published_at IS NULL' })
@Index('ix_outbox_events_published', ['publishedAt'])
export class OutboxEvent {
  @IdColumn() id: string;

  /** Declared name, such as `giving.donation.completed.v1`. */
  @Column({ type: 'text' }) type: string;

  @Column({ type: 'jsonb' }) payload: Record<string, unknown>;

  /** Request that caused it, so that logs of the worker can be joined with it. */
  @Column({ type: 'text', nullable: true }) requestId: string | null;

  @TimeColumn() occurredAt: Date;

  @TimeColumn({ nullable: true }) publishedAt: Date | null;
}
