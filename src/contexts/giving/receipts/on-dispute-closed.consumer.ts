import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { disputeClosed } from '../disputes/index.js';
import { ReceiptsService } from './receipts.service.js';

type Closed = PayloadOf<typeof disputeClosed>;

/** Issues the credit note for what a bank has taken back for good. */
@Injectable()
@Consumes(disputeClosed, 'giving.issue-credit-note-for-dispute')
export class OnDisputeClosed implements EventConsumer<Closed> {
  constructor(private readonly receipts: ReceiptsService) {}

  async handle({ payload: { disputeId, donationId, amount, currency, outcome }, occurredAt: at }: ConsumedEvent<Closed>, tx: Tx): Promise<string> {
    if (outcome !== 'lost') return 'nothing_to_credit';
    return (await this.receipts.issueCreditNote(tx, { refundId: disputeId, donationId, amount, currency, at })) ?? 'nothing_to_credit';
  }
}
