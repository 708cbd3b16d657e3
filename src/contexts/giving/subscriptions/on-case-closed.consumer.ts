import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseClosed } from '../../rescue/cases/index.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';

type Closed = PayloadOf<typeof caseClosed>;

/** A case that closes needs no support any more (behaviour 2.8). */
@Injectable()
@Consumes(caseClosed, 'giving.end-support-of-case')
export class EndSupportOfCase implements EventConsumer<Closed> {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
  ) {}

  async handle({ payload }: ConsumedEvent<Closed>, tx: Tx): Promise<void> {
    await this.subscriptions.cancelAll(tx, await this.queries.ofCase(tx, payload.caseId), 'case_closed');
  }
}
