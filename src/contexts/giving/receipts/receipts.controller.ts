import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { DonationNotFound } from '../donations/index.js';
import { ReceiptPapers } from './receipt-papers.js';
import { ReceiptList } from './receipts.dto.js';
import { ReceiptNotFound, ReceiptNotReady } from './receipts.errors.js';
import { AnswersPaper, sendPaper } from './send-paper.js';

/** Drawing takes the processor some time, so that one person may not keep it busy. */
const PAPERS = { scope: 'receipt.paper', points: 120, window: 60 } as const;

@ApiTags('Giving')
@Controller('v1')
export class ReceiptsController {
  constructor(private readonly papers: ReceiptPapers) {}

  /** The receipt of a donation in the donor's language, with what was refunded since; for its donor and staff */
  @Get('donations/:id/receipt')
  @User('donor of the donation, or an admin')
  @Limited(PAPERS)
  @Throws(Forbidden, DonationNotFound, ReceiptNotReady)
  @AnswersPaper('The receipt')
  async receipt(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPaper(request, reply, await this.papers.receipt(actor, id));
  }

  /** What was issued for a donation: its receipt, then its credit notes; for its donor and staff */
  @Get('donations/:id/receipts')
  @User('donor of the donation, or an admin')
  @Throws(Forbidden, DonationNotFound)
  list(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<ReceiptList> {
    return this.papers.list(actor, id);
  }

  /** One receipt or credit note of a donation; for its donor and staff */
  @Get('donations/:id/receipts/:receiptId')
  @User('donor of the donation, or an admin')
  @Limited(PAPERS)
  @Throws(Forbidden, DonationNotFound, ReceiptNotFound)
  @AnswersPaper('The receipt or credit note')
  async one(
    @CurrentActor() actor: UserActor,
    @Param('id', IdPipe) id: string,
    @Param('receiptId', IdPipe) receiptId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPaper(request, reply, await this.papers.one(actor, id, receiptId));
  }

  /** A statement of all that I gave in a year (UTC) and that was refunded in it, summed by currency; it says so when that is nothing */
  @Get('me/receipts/:year')
  @User()
  @Limited(PAPERS)
  @ApiParam({ name: 'year', description: 'From 2020 to the present year, by UTC', schema: { type: 'string', pattern: '^\\d{4}$' }, example: '2026' })
  @AnswersPaper('The statement')
  async statement(@CurrentActor() actor: UserActor, @Param('year') year: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPaper(request, reply, await this.papers.statement(actor, year));
  }
}
