import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { DisputesModule } from '../disputes/index.js';
import { DonationsModule } from '../donations/index.js';
import { PaymentsModule } from '../payments/index.js';
import { OnRefundRequested } from './on-refund-requested.consumer.js';
import { Refund } from './refund.entity.js';
import { RefundProgressService } from './refund-progress.service.js';
import { RefundReconciliationService } from './refund-reconciliation.service.js';
import { RefundStripeEvents } from './refund-stripe-events.js';
import { donationRefunds, refundActions, refundsResource } from './refunds.admin.js';
import { RefundsAdminController } from './refunds.admin.controller.js';
import { RefundsService } from './refunds.service.js';
import { RefundsWorker } from './refunds.worker.js';

/** Donations given back: asked for by staff, made by the provider, followed by its events. */
@Module({
  imports: [TypeOrmModule.forFeature([Refund]), BackofficeResourcesModule.forFeature([refundsResource], [refundActions, donationRefunds]), DisputesModule, DonationsModule, PaymentsModule],
  controllers: [RefundsAdminController],
  providers: [OnRefundRequested, RefundProgressService, RefundReconciliationService, RefundStripeEvents, RefundsService, RefundsWorker],
})
export class RefundsModule {}
