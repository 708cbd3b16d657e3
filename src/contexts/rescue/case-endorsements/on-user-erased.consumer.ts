import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { CaseEndorsementsQueries } from './case-endorsements.queries.js';

/** Nobody vouches in the name of an erased person (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'rescue.forget-endorsements')
export class ForgetEndorsements implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly endorsements: CaseEndorsementsQueries) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.endorsements.remove(tx, payload.userId, null);
  }
}
