import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';

type Erased = PayloadOf<typeof userErasedEvent>;

/** An erased person neither pays nor is paid any more (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'giving.end-support-of-person')
export class EndSupportOfPerson implements EventConsumer<Erased> {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
  ) {}

  async handle({ payload }: ConsumedEvent<Erased>, tx: Tx): Promise<void> {
    await this.subscriptions.cancelAll(tx, await this.queries.ofPerson(tx, payload.userId), 'person_erased');
  }
}
