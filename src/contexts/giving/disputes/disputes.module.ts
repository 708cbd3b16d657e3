import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { DonationsModule } from '../donations/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { Dispute } from './dispute.entity.js';
import { DisputeStripeEvents } from './dispute-stripe-events.js';
import { donationDisputes, disputesResource } from './disputes.admin.js';
import { DisputesReader } from './disputes.reader.js';
import { DisputesService } from './disputes.service.js';

/** Donations that a bank takes back, and its warnings that it may. */
@Module({
  imports: [TypeOrmModule.forFeature([Dispute]), BackofficeResourcesModule.forFeature([disputesResource], [donationDisputes]), DonationsModule, LedgerModule, PaymentsModule],
  providers: [DisputesReader, DisputesService, DisputeStripeEvents],
  exports: [DisputesReader],
})
export class DisputesModule {}
