import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { ClinicsService } from './clinics.service.js';

/** An erased person owns no clinic (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'directory.release-clinics')
export class ReleaseClinics implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly clinics: ClinicsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.clinics.releaseAll(tx, SYSTEM, payload.userId, 'account erased');
  }
}
