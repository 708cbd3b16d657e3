import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { stripeEventReceived } from './payments.events.js';
import { StripeEventsService } from './stripe-events.service.js';

type Received = PayloadOf<typeof stripeEventReceived>;

/**
 * Processes a stored event. In `prepare`, because the event's own row is what makes the effect happen once, and
 * a failure has to stay noted on it, which the transaction around `handle` would roll back.
 */
@Injectable()
@Consumes(stripeEventReceived, 'giving.process-stripe-event')
export class OnStripeEventReceived implements EventConsumer<Received, string> {
  constructor(private readonly events: StripeEventsService) {}

  prepare({ payload }: ConsumedEvent<Received>): Promise<string> {
    return this.events.process(payload.stripeEventId);
  }

  async handle(_event: ConsumedEvent<Received>, _tx: Tx, outcome: string): Promise<string> {
    return outcome;
  }
}
