import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { AppealsService } from './appeals.service.js';

/** What a person wrote in appeals goes with them; that one was made and what came of it stays (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'trust.forget-appeals')
export class ForgetAppeals implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly appeals: AppealsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.appeals.forget(tx, payload.userId);
  }
}
