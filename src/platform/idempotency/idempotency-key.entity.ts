import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../database/columns.js';

/** Log. First answers of requests that carried an `Idempotency-Key`, kept for a day (api.md, conventions). */
@Entity({ schema: 'platform', name: 'idempotency_keys' })
@Index('ix_idempotency_keys_created', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('User') userId: string;

  @PrimaryColumn({ type: 'text' }) key: string;

  /** Hex SHA-256 over method, path and body. */
  @Column({ type: 'text' }) requestHash: string;

  /** Null while the first request is still running. */
  @Column({ type: 'integer', nullable: true }) status: number | null;

  @Column({ type: 'jsonb', nullable: true }) response: unknown;

  @TimeColumn() createdAt: Date;
}
