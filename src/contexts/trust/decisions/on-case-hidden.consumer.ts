import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseHiddenEvent } from '../../rescue/cases/index.js';
import { DecisionsFacade } from './decisions.facade.js';

/** A case that staff hide by themselves has an owner who is told why, like one that was reported. */
@Injectable()
@Consumes(caseHiddenEvent, 'trust.state-reasons-for-hidden-case')
export class StateReasonsForHiddenCase implements EventConsumer<PayloadOf<typeof caseHiddenEvent>> {
  constructor(private readonly decisions: DecisionsFacade) {}

  async handle({ payload, occurredAt }: ConsumedEvent<PayloadOf<typeof caseHiddenEvent>>, tx: Tx): Promise<string> {
    const { caseId, ownerId, reason, decidedBy, byReport } = payload;
    if (byReport) return 'stated by the report';
    const target = { context: 'rescue', type: 'case', id: caseId, ownerId, caseId } as const;
    await this.decisions.state(tx, { action: 'hide_case', target, reason: reason || null, decidedBy, reportId: null, decidedAt: occurredAt });
    return 'stated';
  }
}
