import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { ClaimsService } from './claims.service.js';

/** An erased person claims nothing, and their contact data goes (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'directory.forget-claims')
export class ForgetClaims implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly claims: ClaimsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.claims.forget(tx, payload.userId);
  }
}
