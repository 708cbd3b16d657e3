import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { CampaignsModule } from './campaigns/index.js';
import { DisputesModule } from './disputes/index.js';
import { DonationsModule } from './donations/index.js';
import { LedgerModule } from './ledger/index.js';
import { PaymentMethodsModule } from './payment-methods/index.js';
import { PaymentsModule } from './payments/index.js';
import { RefundsModule } from './refunds/index.js';
import { StripePayoutsModule } from './stripe-payouts/index.js';
import { SubscriptionsModule } from './subscriptions/index.js';

/** Money: gifts, the provider that collects them, the books, campaigns. */
@Module({
  imports: [
    QueueModule.forContext('giving'),
    LedgerModule,
    PaymentsModule,
    DonationsModule,
    CampaignsModule,
    PaymentMethodsModule,
    SubscriptionsModule,
    DisputesModule,
    RefundsModule,
    StripePayoutsModule,
  ],
})
export class GivingModule {}
