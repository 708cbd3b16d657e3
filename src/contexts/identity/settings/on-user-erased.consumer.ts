import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../users/index.js';
import { UserSettings } from './user-settings.entity.js';

/** Settings go with their person (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'identity.forget-settings')
export class ForgetSettings implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await tx.manager.delete(UserSettings, { userId: payload.userId });
  }
}
