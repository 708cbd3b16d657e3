import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { CampaignsModule } from './campaigns/index.js';
import { DisputesModule } from './disputes/index.js';
import { DonationsModule } from './donations/index.js';
import { InvoicesModule } from './invoices/index.js';
import { LedgerModule } from './ledger/index.js';
import { PartnersModule } from './partners/index.js';
import { PaymentMethodsModule } from './payment-methods/index.js';
import { PaymentsModule } from './payments/index.js';
import { ReceiptsModule } from './receipts/index.js';
import { RefundsModule } from './refunds/index.js';
import { StripePayoutsModule } from './stripe-payouts/index.js';
import { SubscriptionsModule } from './subscriptions/index.js';

/** Money: gifts, the provider that collects them, the books, campaigns, receipts, what clinics are paid, partners. */
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
    ReceiptsModule,
    PartnersModule,
    InvoicesModule,
  ],
})
export class GivingModule {}
