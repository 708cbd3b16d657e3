import { createHash } from 'node:crypto';
import { Entity, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../../platform/database/columns.js';

/**
 * Log. External ids whose account was erased, as digests: tokens and webhooks from before that time are
 * refused, whatever order they arrive in (decision 20). Provider ids are random and long, so a plain
 * digest tells nothing.
 */
@Entity({ schema: 'identity', name: 'erased_identities' })
export class ErasedIdentity {
  /** Hex SHA-256 of the provider's id, see {@link clerkIdDigest}. */
  @PrimaryColumn({ type: 'text' }) clerkIdDigest: string;

  @TimeColumn() erasedAt: Date;
}

export const clerkIdDigest = (clerkId: string): string => createHash('sha256').update(clerkId).digest('hex');
