import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { CasesReader } from '../cases/index.js';
import { CaseLifecycleService } from './case-lifecycle.service.js';

/** Cases of an erased person stay, under an anonymous owner; the open ones close (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'rescue.close-cases')
export class CloseCases implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(
    private readonly cases: CasesReader,
    private readonly lifecycle: CaseLifecycleService,
  ) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    for (const id of await this.cases.openCasesOf(payload.userId)) await this.lifecycle.move(tx, SYSTEM, id, 'closed_other', null);
  }
}
