import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { userErasedEvent } from '../../identity/users/index.js';
import { CaseCommentsService } from './case-comments.service.js';
import { CaseSocialQueries } from './case-social.queries.js';

/** Likes, kept cases and what a person wrote go with them (behaviour 2.27, decision 19). */
@Injectable()
@Consumes(userErasedEvent, 'rescue.forget-marks')
export class ForgetMarks implements EventConsumer<PayloadOf<typeof userErasedEvent>> {
  constructor(
    private readonly marks: CaseSocialQueries,
    private readonly comments: CaseCommentsService,
  ) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof userErasedEvent>>, tx: Tx): Promise<void> {
    await this.marks.forget(tx, payload.userId);
    await this.comments.forget(tx, payload.userId);
  }
}
