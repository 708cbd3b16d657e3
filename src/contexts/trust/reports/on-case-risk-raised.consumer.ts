import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseRiskRaised } from '../../rescue/cases/index.js';
import { ReportReviewService } from './report-review.service.js';
import { ReportsService } from './reports.service.js';

/** A rule that wants a moderator to look files a report, which counts against nobody's quota (behaviour 2.6, 1.4). */
@Injectable()
@Consumes(caseRiskRaised, 'trust.report-risky-case')
export class ReportRiskyCase implements EventConsumer<PayloadOf<typeof caseRiskRaised>> {
  constructor(
    private readonly reports: ReportsService,
    private readonly review: ReportReviewService,
  ) {}

  async handle({ payload, occurredAt }: ConsumedEvent<PayloadOf<typeof caseRiskRaised>>, tx: Tx): Promise<string> {
    const { caseId, rule, reportReason: reason, riskPointId, evidence } = payload;
    const filed = reason && (await this.reports.reportByRule(tx, caseId, { rule, reason, evidence: { ...evidence, riskPointId, at: occurredAt.toISOString() } }));
    await this.review.followRisk(tx, caseId);
    return filed ? (filed.created ? 'reported' : 'added to the report') : 'no report';
  }
}
