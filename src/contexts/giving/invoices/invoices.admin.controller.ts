import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IllegalTransition, SelfReviewForbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Idempotent } from '../../../platform/idempotency/idempotency.interceptor.js';
import { AdminInvoicePage, AdminInvoiceView, InvoiceListQuery, RecordPayout, RejectInvoice } from './invoices.dto.js';
import { FundInsufficient, InvoiceApprovedByYou, InvoiceNotFound, InvoicePaid, PayoutReferenceUsed } from './invoices.errors.js';
import { InvoicesQueries } from './invoices.queries.js';
import { InvoicesService } from './invoices.service.js';

@ApiTags('Staff')
@Controller('v1/admin/invoices')
@Admin()
export class InvoicesAdminController {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly queries: InvoicesQueries,
  ) {}

  /** Invoices of clinics, newest first. */
  @Get()
  list(@Query() query: InvoiceListQuery): Promise<AdminInvoicePage> {
    return this.queries.list(query);
  }

  /** Approves an invoice that somebody else filed and that is for somebody else's case and clinic; the second person's approval reserves its amount. */
  @Post(':id/approvals')
  @HttpCode(200)
  @Idempotent()
  @Throws(InvoiceNotFound, SelfReviewForbidden, IllegalTransition, InvoiceApprovedByYou, FundInsufficient)
  approve(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<AdminInvoiceView> {
    return this.invoices.approve(actor, id);
  }

  /** Rejects an invoice that is not paid, with a reason; what it reserved is free again. */
  @Post(':id/rejection')
  @HttpCode(200)
  @Throws(InvoiceNotFound, IllegalTransition)
  reject(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: RejectInvoice): Promise<AdminInvoiceView> {
    return this.invoices.reject(actor, id, body.reason);
  }

  /** Records the transfer that paid an approved invoice; the same reference again changes nothing. */
  @Post(':id/payout')
  @HttpCode(200)
  @Idempotent()
  @Throws(InvoiceNotFound, IllegalTransition, InvoicePaid, PayoutReferenceUsed, FundInsufficient)
  payOut(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: RecordPayout): Promise<AdminInvoiceView> {
    return this.invoices.payOut(actor, id, body.reference);
  }
}
