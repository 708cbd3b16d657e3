import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { LedgerExportQuery } from './ledger.dto.js';
import { LedgerExport } from './ledger-export.js';

@ApiTags('Staff')
@Admin()
@Controller('v1/admin/ledger')
export class LedgerAdminController {
  constructor(private readonly ledgerExport: LedgerExport) {}

  /** The books as CSV, one line a posting, for a time and a case; debit is positive, and every entry sums to zero in each currency */
  @Get('export')
  @ApiOkResponse({
    description: 'CSV with a line of names: entry_id, occurred_at, kind, account, case_id, campaign_id, donation_id, currency, amount_minor, amount, reference, description, source',
    content: { 'text/csv': { schema: { type: 'string' } } },
  })
  async export(@CurrentActor() actor: UserActor, @Query() query: LedgerExportQuery, @Res() reply: FastifyReply): Promise<void> {
    const { name, lines } = await this.ledgerExport.csv(actor, query);
    await reply
      .headers({ 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' })
      .type('text/csv; charset=utf-8; header=present')
      .send(Readable.from(lines, { objectMode: false }));
  }
}
