import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { AchievementsService } from './achievements.service.js';

/** Badges go with their person (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'engagement.forget-achievements')
export class ForgetAchievements implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly achievements: AchievementsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.achievements.forget(tx, payload.userId);
  }
}
