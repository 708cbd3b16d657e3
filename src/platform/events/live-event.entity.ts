import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { TimeColumn } from '../database/columns.js';

/** Log. What watchers of a channel are told over server-sent events; kept for a day so that they can resume. */
@Entity({ schema: 'platform', name: 'live_events' })
@Index('ix_live_events_channel', ['channel', 'id'])
@Index('ix_live_events_created', ['createdAt'])
export class LiveEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;

  /** Such as `case:<id>`. */
  @Column({ type: 'text' }) channel: string;

  /** Event name on the wire, such as `case.funding`. */
  @Column({ type: 'text' }) type: string;

  @Column({ type: 'jsonb' }) data: unknown;

  @TimeColumn() createdAt: Date;
}
