import { Type } from 'class-transformer';
import { IsDate, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../http/keyset.js';

/** Filters of the audit log; all of them must match. */
export class AuditLogQuery extends PageQuery {
  /** Kind of the record acted on. @example case */
  @IsOptional() @IsString() @MaxLength(100)
  entityType?: string;

  /** Id of the record acted on. */
  @IsOptional() @IsString() @MaxLength(100)
  entityId?: string;

  /** The user who acted. */
  @IsOptional() @IsUUID()
  actorId?: string;

  /** @example donation.completed */
  @IsOptional() @IsString() @MaxLength(100)
  action?: string;

  /** Only rows from this time on. */
  @IsOptional() @Type(() => Date) @IsDate()
  from?: Date;

  /** Only rows before this time. */
  @IsOptional() @Type(() => Date) @IsDate()
  to?: Date;
}

/** One act, as staff read it. */
export class AuditLogView {
  id: string;
  /** Place in the hash chain. */
  seq: number;
  actorKind: 'user' | 'staff' | 'system';
  /** The user who acted; null for the system. */
  actorId: string | null;
  staffId: string | null;
  /** @example donation */
  entityType: string;
  entityId: string;
  /** @example donation.completed */
  action: string;
  details: string | null;
  /** `before`, `after`, `reason` and what else explains the act. */
  metadata: Record<string, unknown> | null;
  requestId: string | null;
  createdAt: Date;
  /** Hex SHA-256 of the row before. */
  prevHash: string;
  /** Hex SHA-256 of this row. */
  hash: string;
}

/** A page of the audit log, newest first. */
export class AuditLogPage {
  items: AuditLogView[];
  nextCursor: string | null;
}

/** Result of checking the whole chain. */
export class AuditVerificationView {
  ok: boolean;
  /** Rows looked at. */
  checked: number;
  headSeq: number;
  headHash: string;
  /** First row whose place, link or content is wrong. */
  firstBadSeq: number | null;
}
