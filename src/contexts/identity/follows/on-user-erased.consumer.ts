import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../users/index.js';
import { Follow } from './follow.entity.js';

/** Follows go with either of their people (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'identity.forget-follows')
export class ForgetFollows implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  async handle({ payload: { userId } }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await tx.manager.delete(Follow, { followerId: userId });
    await tx.manager.delete(Follow, { followingId: userId });
  }
}
