import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { AdoptionsService } from './adoptions.service.js';

/** What a person lists, and what they were interested in, goes with them (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'rescue.forget-adoptions')
export class ForgetAdoptions implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly adoptions: AdoptionsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.adoptions.forget(tx, payload.userId);
  }
}
