import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import type { NoticeParams, NotificationType } from './notice-texts.js';

/**
 * Aggregate root. Something a person is told inside the product (spec table `notifications`, behaviour 2.18).
 * `type` and `key` are names of a registry, not a closed set of the database: systems to come bring their own.
 */
@Entity({ schema: 'engagement', name: 'notifications' })
@Index('ix_notifications_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_notifications_by_user_unread', ['userId', 'read'], { where: 'NOT read' })
@Index('ix_notifications_by_subject', ['userId', 'subject', 'createdAt'], { where: 'subject IS NOT NULL' })
export class Notification {
  @IdColumn() id: string;

  /** Who is told. */
  @RefColumn() @ForeignKey('User') userId: string;

  /** How clients group it. */
  @Column({ type: 'text' }) type: NotificationType;

  /** Which text it is, such as `donation_received.one`. */
  @Column({ type: 'text' }) key: string;

  /** What the text was filled with. */
  @Column({ type: 'jsonb' }) params: NoticeParams;

  /** In the person's language. */
  @Column({ type: 'text' }) title: string;

  /** In the person's language. */
  @Column({ type: 'text' }) message: string;

  @RefColumn({ nullable: true }) @ForeignKey('Case') caseId: string | null;

  /** What several of them are about, so that a storm of them can become one: `case:<id>`. */
  @Column({ type: 'text', nullable: true }) subject: string | null;

  @Column({ type: 'boolean', default: false }) read: boolean;

  @TimeColumn() createdAt: Date;
}
