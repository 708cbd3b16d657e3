import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseRiskChanged } from '../../rescue/cases/index.js';
import { ReportReviewService } from './report-review.service.js';

/** Reports about cases of high risk come first, also when staff set the risk. */
@Injectable()
@Consumes(caseRiskChanged, 'trust.follow-risk')
export class FollowRisk implements EventConsumer<PayloadOf<typeof caseRiskChanged>> {
  constructor(private readonly review: ReportReviewService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof caseRiskChanged>>, tx: Tx): Promise<void> {
    await this.review.followRisk(tx, payload.caseId);
  }
}
