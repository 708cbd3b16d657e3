import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { VolunteersService } from './volunteers.service.js';

/** The volunteer profile goes with its person (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'directory.forget-volunteer')
export class ForgetVolunteer implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly volunteers: VolunteersService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.volunteers.forget(tx, payload.userId);
  }
}
