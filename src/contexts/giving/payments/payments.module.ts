import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { InstallationSecrets } from '../../../platform/secrets/installation-secrets.js';
import { AwaitedPayments } from './awaited-payments.js';
import { MissedEventsService } from './missed-events.service.js';
import { OnStripeEventReceived } from './on-stripe-event-received.consumer.js';
import { PaymentGateway } from './payment-gateway.js';
import { donationEvents, stripeEventsResource } from './payments.admin.js';
import { RecurringGateway } from './recurring-gateway.js';
import { RefundGateway } from './refund-gateway.js';
import { SandboxInThisApplication } from './sandbox-wiring.js';
import { stripeClient } from './stripe.client.js';
import { StripeCredentials, stripeCredentials } from './stripe-credentials.js';
import { StripeEvent } from './stripe-event.entity.js';
import { StripeEventHandlers } from './stripe-event-handlers.js';
import { StripeEventsQueries } from './stripe-events.queries.js';
import { StripeEventsService } from './stripe-events.service.js';
import { StripeEventsWorker } from './stripe-events.worker.js';
import { StripeWebhookController } from './stripe-webhook.controller.js';

/** The payment provider: calls out to it, and its stored events. Knows nothing of donations; they register their handlers. */
@Module({
  imports: [TypeOrmModule.forFeature([StripeEvent]), BackofficeResourcesModule.forFeature([stripeEventsResource], [donationEvents]), SandboxInThisApplication],
  controllers: [StripeWebhookController],
  providers: [
    { provide: StripeCredentials, inject: [CONFIG, InstallationSecrets], useFactory: stripeCredentials },
    stripeClient,
    AwaitedPayments,
    PaymentGateway,
    RecurringGateway,
    RefundGateway,
    StripeEventHandlers,
    StripeEventsQueries,
    StripeEventsService,
    MissedEventsService,
    OnStripeEventReceived,
    StripeEventsWorker,
  ],
  exports: [AwaitedPayments, PaymentGateway, RecurringGateway, RefundGateway, StripeEventHandlers, StripeEventsService],
})
export class PaymentsModule {}
