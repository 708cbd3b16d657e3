import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { NotificationsService } from './notifications.service.js';

/** What an erased person was told goes with them (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'engagement.forget-notifications')
export class ForgetNotifications implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly notifications: NotificationsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.notifications.forget(tx, payload.userId);
  }
}
