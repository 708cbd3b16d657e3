import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { OnDisputeClosed } from './on-dispute-closed.consumer.js';
import { OnDonationCompleted } from './on-donation-completed.consumer.js';
import { OnRefundSucceeded } from './on-refund-succeeded.consumer.js';
import { Receipt } from './receipt.entity.js';
import { ReceiptPapers } from './receipt-papers.js';
import { donationReceipts, receiptsResource } from './receipts.admin.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsQueries } from './receipts.queries.js';
import { ReceiptsService } from './receipts.service.js';

/** What donors get in writing: receipts, credit notes, yearly statements. */
@Module({
  imports: [TypeOrmModule.forFeature([Receipt]), BackofficeResourcesModule.forFeature([receiptsResource], [donationReceipts])],
  controllers: [ReceiptsController],
  providers: [OnDisputeClosed, OnDonationCompleted, OnRefundSucceeded, ReceiptPapers, ReceiptsQueries, ReceiptsService],
})
export class ReceiptsModule {}
