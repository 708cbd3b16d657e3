import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../database/columns.js';

/**
 * Log. Append-only, hash-chained trail of every act that matters (spec table `auditLogs`, behaviour
 * 2.22, decision 10). Triggers assign `seq`, `prevHash` and `hash` and refuse every update and delete.
 */
@Entity({ schema: 'platform', name: 'audit_logs' })
@Index('ix_audit_logs_by_entity', ['entityType', 'entityId', 'seq'])
@Index('ix_audit_logs_by_entity_id', ['entityId', 'seq'])
@Index('ix_audit_logs_by_actor', ['actorId', 'seq'])
@Index('ix_audit_logs_by_action', ['action', 'seq'])
@Index('ix_audit_logs_by_created_at', ['createdAt'])
@Index('ux_audit_logs_seq', ['seq'], { unique: true })
export class AuditLog {
  @IdColumn() id: string;

  /** Place in the chain, without gaps, from 1. */
  @Column({ type: 'bigint' }) seq: string;

  @ClosedSetColumn('audit_logs', ['user', 'staff', 'system']) actorKind: 'user' | 'staff' | 'system';

  /** The user who acted; null for the system and for staff accounts without a user. */
  @RefColumn({ nullable: true }) @ForeignKey('User') actorId: string | null;

  /** The staff account that acted in the back office. */
  @RefColumn({ nullable: true }) staffId: string | null;

  @Column({ type: 'text' }) entityType: string;

  @Column({ type: 'text' }) entityId: string;

  @Column({ type: 'text' }) action: string;

  /** One readable sentence. */
  @Column({ type: 'text', nullable: true }) details: string | null;

  /** `before`, `after`, `reason` and whatever the act needs to be understood; no personal data. */
  @Column({ type: 'jsonb', nullable: true }) metadataJson: Record<string, unknown> | null;

  @Column({ type: 'text', nullable: true }) requestId: string | null;

  @TimeColumn() createdAt: Date;

  /** Hex SHA-256 of the row before; 64 zeros for the first. */
  @Column({ type: 'text' }) prevHash: string;

  /** Hex SHA-256 over `prevHash` and the canonical text of this row. */
  @Column({ type: 'text' }) hash: string;
}
