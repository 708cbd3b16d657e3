import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { DonationsModule } from '../donations/index.js';
import { PaymentMethodsModule } from '../payment-methods/index.js';
import { PaymentsModule } from '../payments/index.js';
import { EndSupportOfCase } from './on-case-closed.consumer.js';
import { EndSubscription } from './on-subscription-end-due.consumer.js';
import { EndSupportOfPerson } from './on-user-erased.consumer.js';
import { Subscription } from './subscription.entity.js';
import { SubscriptionCheckoutService } from './subscription-checkout.service.js';
import { SubscriptionEndingService } from './subscription-ending.service.js';
import { SubscriptionStripeEvents } from './subscription-stripe-events.js';
import { subscriptionsResource } from './subscriptions.admin.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { SubscriptionsWorker } from './subscriptions.worker.js';

/** Recurring support: opening its checkout, following the provider, ending it on both sides. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Subscription]),
    BackofficeResourcesModule.forFeature([subscriptionsResource]),
    CasesModule,
    DonationsModule,
    PaymentMethodsModule,
    PaymentsModule,
  ],
  controllers: [SubscriptionsController],
  providers: [
    SubscriptionCheckoutService,
    SubscriptionEndingService,
    SubscriptionsQueries,
    SubscriptionsService,
    SubscriptionStripeEvents,
    SubscriptionsWorker,
    EndSubscription,
    EndSupportOfCase,
    EndSupportOfPerson,
  ],
})
export class SubscriptionsModule {}
