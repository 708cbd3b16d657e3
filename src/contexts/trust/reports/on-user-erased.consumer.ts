import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { ReportsService } from './reports.service.js';

/** Reports of an erased person stay, and nobody knows whose they were (behaviour 2.27). */
@Injectable()
@Consumes(userErasedEvent, 'trust.forget-reporter')
export class ForgetReporter implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(private readonly reports: ReportsService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.reports.forget(tx, payload.userId);
  }
}
