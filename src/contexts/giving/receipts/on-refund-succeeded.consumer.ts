import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { refundSucceeded } from '../refunds/index.js';
import { ReceiptsService } from './receipts.service.js';

type Succeeded = PayloadOf<typeof refundSucceeded>;

/** Issues the credit note for what was refunded. */
@Injectable()
@Consumes(refundSucceeded, 'giving.issue-credit-note-for-refund')
export class OnRefundSucceeded implements EventConsumer<Succeeded> {
  constructor(private readonly receipts: ReceiptsService) {}

  async handle({ payload: { refundId, donationId, amount }, occurredAt: at }: ConsumedEvent<Succeeded>, tx: Tx): Promise<string> {
    return (await this.receipts.issueCreditNote(tx, { refundId, donationId, amount, at })) ?? 'nothing_to_credit';
  }
}
