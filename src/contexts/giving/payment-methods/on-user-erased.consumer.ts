import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { PaymentMethodsService } from './payment-methods.service.js';

/** Payment methods go with their person (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'giving.forget-payment-methods')
export class ForgetPaymentMethods implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly methods: PaymentMethodsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.methods.erase(tx, payload.userId);
  }
}
