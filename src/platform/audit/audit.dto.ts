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

  /** Only acts of this name. @example donation.completed */
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
  /** Who acted: a user, a staff account of the back office, or the system. */
  actorKind: 'user' | 'staff' | 'system';
  /** The user who acted; null for the system. */
  actorId: string | null;
  /** The staff account that acted; null for others. */
  staffId: string | null;
  /** Kind of the record acted on. @example donation */
  entityType: string;
  /** Id of the record acted on; a UUID, or the name of what has none. @example messaging */
  entityId: string;
  /** Name of the act. @example donation.completed */
  action: string;
  /** The act in a sentence, where one is needed. */
  details: string | null;
  /** `before`, `after`, `reason` and what else explains the act. */
  metadata: Record<string, unknown> | null;
  /** `X-Request-Id` of the request that caused it. @example client-7 */
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
  /** Whether every row is as it was written. */
  ok: boolean;
  /** Rows looked at. */
  checked: number;
  /** Number of the last row. */
  headSeq: number;
  /** Hash of the last row; keep it elsewhere to prove later that nothing was cut off. */
  headHash: string;
  /** First row whose place, link or content is wrong. */
  firstBadSeq: number | null;
}
