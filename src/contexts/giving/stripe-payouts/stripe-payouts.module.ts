import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PaymentsModule } from '../payments/index.js';
import { StripePayout } from './stripe-payout.entity.js';
import { stripePayoutsResource } from './stripe-payouts.admin.js';
import { StripePayoutsService } from './stripe-payouts.service.js';

/** Our own money on its way from the payment provider to the bank. */
@Module({
  imports: [TypeOrmModule.forFeature([StripePayout]), BackofficeResourcesModule.forFeature([stripePayoutsResource]), LedgerModule, PaymentsModule],
  providers: [StripePayoutsService],
})
export class StripePayoutsModule {}
