import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { PetServicesService } from './pet-services.service.js';

/** An erased person runs no pet service (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'directory.release-pet-services')
export class ReleasePetServices implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly services: PetServicesService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.services.releaseAll(tx, SYSTEM, payload.userId, 'account erased');
  }
}
