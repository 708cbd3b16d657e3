import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Optional, Viewer } from '../../../platform/auth/access.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound, CasesReader } from '../../rescue/cases/index.js';
import { LedgerQuery, LedgerStatement } from './ledger.dto.js';
import { LedgerReader } from './ledger.reader.js';

@ApiTags('Giving')
@Controller('v1/cases/:id/ledger')
export class CaseLedgerController {
  constructor(
    private readonly cases: CasesReader,
    private readonly ledger: LedgerReader,
  ) {}

  /** Where a case's money came from and went, without telling who gave */
  @Get()
  @Optional()
  @Throws(CaseNotFound)
  async read(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: LedgerQuery): Promise<LedgerStatement> {
    await this.cases.assertVisible(id, viewer);
    const target = await this.cases.donationTarget(id);
    if (!target) throw new CaseNotFound();
    return this.ledger.statement({ case: id }, target.currency, query);
  }
}
