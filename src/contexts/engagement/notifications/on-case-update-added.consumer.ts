import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseUpdateAdded } from '../../rescue/case-updates/index.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

/** News of a case go to everybody who gave, keeps it or follows its owner, but not to who wrote them (behaviour 2.18). */
@Injectable()
@Consumes(caseUpdateAdded, 'engagement.tell-case-update')
export class TellCaseUpdate implements EventConsumer<PayloadOf<typeof caseUpdateAdded>> {
  constructor(
    private readonly queries: NotificationsQueries,
    private readonly notifications: NotificationsService,
  ) {}

  async handle({ payload: { caseId, authorId } }: ConsumedEvent<PayloadOf<typeof caseUpdateAdded>>, tx: Tx): Promise<string> {
    const about = await this.queries.target(tx, { caseId, campaignId: null });
    if (!about) return 'case_hidden';
    const audience = await this.queries.audience(tx, caseId, authorId);
    await this.notifications.tell(tx, audience.map((userId) => ({ userId, key: 'case_update', params: { target: about.title }, caseId })));
    return `told ${audience.length}`;
  }
}
