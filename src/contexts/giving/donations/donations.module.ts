import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { CampaignsModule } from '../campaigns/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { CheckoutService } from './checkout.service.js';
import { Donation } from './donation.entity.js';
import { DonationStripeEvents } from './donation-stripe-events.js';
import { donationsResource } from './donations.admin.js';
import { DonationsController } from './donations.controller.js';
import { DonationsFacade } from './donations.facade.js';
import { DonationsQueries } from './donations.queries.js';
import { DonationsWorker } from './donations.worker.js';
import { OnProcessorFeeDue } from './on-processor-fee-due.consumer.js';
import { ProcessorFeeService } from './processor-fee.service.js';
import { ReconciliationService } from './reconciliation.service.js';
import { ReversalService } from './reversal.service.js';
import { SettlementService } from './settlement.service.js';

/** Gifts: opening the checkout, settling what the provider reports, and the donor's own view of it. */
@Module({
  imports: [TypeOrmModule.forFeature([Donation]), BackofficeResourcesModule.forFeature([donationsResource]), CampaignsModule, CasesModule, LedgerModule, PaymentsModule],
  controllers: [DonationsController],
  providers: [CheckoutService, DonationStripeEvents, DonationsFacade, DonationsQueries, DonationsWorker, OnProcessorFeeDue, ProcessorFeeService, ReconciliationService, ReversalService, SettlementService],
  exports: [DonationsFacade],
})
export class DonationsModule {}
