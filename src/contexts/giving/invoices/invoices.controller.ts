import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Idempotent } from '../../../platform/idempotency/idempotency.interceptor.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { CaseNotFound } from '../../rescue/cases/index.js';
import { CurrencyMismatch } from '../donations/index.js';
import { FileInvoice, InvoicePage, InvoiceView } from './invoices.dto.js';
import { InvoicesService } from './invoices.service.js';

@ApiTags('Giving')
@Controller('v1/cases/:id/invoices')
@User('owner of the case, owner of its clinic, or an admin')
export class InvoicesController {
  constructor(private readonly invoices: InvoicesService) {}

  /** Files a clinic's invoice for a case: the owner, the linked clinic's owner or an admin. Two members of staff have to approve it. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Limited({ scope: 'invoice.file', points: 60, window: 3_600 })
  @Throws(CaseNotFound, Forbidden, CurrencyMismatch)
  file(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: FileInvoice): Promise<InvoiceView> {
    return this.invoices.file(actor, id, body);
  }

  /** Invoices of a case, newest first, for those who may file them. */
  @Get()
  @Throws(CaseNotFound, Forbidden)
  list(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<InvoicePage> {
    return this.invoices.ofCase(actor, id, query);
  }
}
