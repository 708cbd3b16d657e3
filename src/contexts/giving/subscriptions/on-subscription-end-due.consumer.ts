import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { SubscriptionEndingService } from './subscription-ending.service.js';
import { subscriptionEndDue } from './subscriptions.events.js';
import { SubscriptionsService } from './subscriptions.service.js';

type Due = PayloadOf<typeof subscriptionEndDue>;

/** Ends at the provider a subscription that was canceled here. */
@Injectable()
@Consumes(subscriptionEndDue, 'giving.end-subscription')
export class EndSubscription implements EventConsumer<Due> {
  constructor(
    private readonly ending: SubscriptionEndingService,
    private readonly subscriptions: SubscriptionsService,
  ) {}

  prepare({ payload }: ConsumedEvent<Due>): Promise<void> {
    return this.ending.endAtProvider(payload.subscriptionId);
  }

  handle({ payload }: ConsumedEvent<Due>, tx: Tx): Promise<void> {
    return this.subscriptions.noteEnded(tx, payload.subscriptionId);
  }
}
