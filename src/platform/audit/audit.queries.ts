import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { decodeCursor, toPage } from '../http/keyset.js';
import { AuditLog } from './audit-log.entity.js';
import type { AuditLogPage, AuditLogQuery } from './audit.dto.js';

/** Reads of the audit log for staff. */
@Injectable()
export class AuditQueries {
  constructor(private readonly database: Database) {}

  async list(query: AuditLogQuery): Promise<AuditLogPage> {
    const after = decodeCursor(query.cursor, ['number']);
    const select = this.database.manager.createQueryBuilder(AuditLog, 'log').orderBy('log.seq', 'DESC').limit(query.limit + 1);
    if (after) select.andWhere('log.seq < :seq', { seq: after[0] });
    if (query.entityType) select.andWhere('log.entityType = :entityType', query);
    if (query.entityId) select.andWhere('log.entityId = :entityId', query);
    if (query.actorId) select.andWhere('log.actorId = :actorId', query);
    if (query.action) select.andWhere('log.action = :action', query);
    if (query.from) select.andWhere('log.createdAt >= :from', query);
    if (query.to) select.andWhere('log.createdAt < :to', query);
    return toPage(await select.getMany(), query.limit, (row) => [Number(row.seq)], ({ metadataJson, seq, ...row }) => ({ ...row, seq: Number(seq), metadata: metadataJson }));
  }
}
