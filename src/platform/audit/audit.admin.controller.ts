import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin } from '../auth/access.js';
import { CursorInvalid } from '../http/problem.js';
import { Throws } from '../http/throws.js';
import { AuditChain } from './audit-chain.js';
import { AuditLogPage, AuditLogQuery, AuditVerificationView } from './audit.dto.js';
import { AuditQueries } from './audit.queries.js';

@ApiTags('Staff')
@Controller('v1/admin/audit-logs')
@Admin()
export class AuditController {
  constructor(
    private readonly queries: AuditQueries,
    private readonly chain: AuditChain,
  ) {}

  /** Lists acts, newest first. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: AuditLogQuery): Promise<AuditLogPage> {
    return this.queries.list(query);
  }

  /** Checks the whole hash chain and names the first bad row. */
  @Get('verification')
  verify(): Promise<AuditVerificationView> {
    return this.chain.verify();
  }
}
