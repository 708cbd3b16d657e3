import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { PaymentsModule } from '../payments/index.js';
import { DetachPaymentMethod } from './on-payment-method-removed.consumer.js';
import { ForgetPaymentMethods } from './on-user-erased.consumer.js';
import { PaymentMethod } from './payment-method.entity.js';
import { PaymentMethodStripeEvents } from './payment-method-stripe-events.js';
import { paymentMethodResources } from './payment-methods.admin.js';
import { PaymentMethodsController } from './payment-methods.controller.js';
import { PaymentMethodsFacade } from './payment-methods.facade.js';
import { PaymentMethodsQueries } from './payment-methods.queries.js';
import { PaymentMethodsService } from './payment-methods.service.js';
import { StripeCustomer } from './stripe-customer.entity.js';

/** References to what donors pay with; the provider keeps what is needed to charge it. */
@Module({
  imports: [TypeOrmModule.forFeature([PaymentMethod, StripeCustomer]), BackofficeResourcesModule.forFeature(paymentMethodResources), PaymentsModule],
  controllers: [PaymentMethodsController],
  providers: [PaymentMethodsFacade, PaymentMethodsQueries, PaymentMethodsService, PaymentMethodStripeEvents, DetachPaymentMethod, ForgetPaymentMethods],
  exports: [PaymentMethodsFacade],
})
export class PaymentMethodsModule {}
