import { Injectable } from '@nestjs/common';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { RecurringGateway } from '../payments/index.js';
import { paymentMethodRemovedEvent } from './payment-methods.events.js';

type Removed = PayloadOf<typeof paymentMethodRemovedEvent>;

/** Has the provider let go of a payment method that its person removed. */
@Injectable()
@Consumes(paymentMethodRemovedEvent, 'giving.detach-payment-method')
export class DetachPaymentMethod implements EventConsumer<Removed> {
  constructor(private readonly gateway: RecurringGateway) {}

  prepare({ payload }: ConsumedEvent<Removed>): Promise<void> {
    return this.gateway.detachPaymentMethod(payload.stripePaymentMethodId);
  }

  async handle(): Promise<void> {}
}
