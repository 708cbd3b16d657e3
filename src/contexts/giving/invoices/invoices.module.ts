import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ClinicInvoice } from './clinic-invoice.entity.js';
import { InvoiceApproval } from './invoice-approval.entity.js';
import { InvoicesAdminController } from './invoices.admin.controller.js';
import { invoicesResources } from './invoices.admin.js';
import { InvoicesController } from './invoices.controller.js';
import { InvoicesQueries } from './invoices.queries.js';
import { InvoicesService } from './invoices.service.js';
import { Payout } from './payout.entity.js';

/** Invoices of clinics, and the payouts that the money of a case leaves it by. */
@Module({
  imports: [TypeOrmModule.forFeature([ClinicInvoice, InvoiceApproval, Payout]), BackofficeResourcesModule.forFeature(invoicesResources), CasesModule, LedgerModule],
  controllers: [InvoicesController, InvoicesAdminController],
  providers: [InvoicesService, InvoicesQueries],
})
export class InvoicesModule {}
