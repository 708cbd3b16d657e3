import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { donationCompleted } from '../donations/index.js';
import { ReceiptsService } from './receipts.service.js';

type Completed = PayloadOf<typeof donationCompleted>;

/** Every donation gets a receipt (behaviour 2.7), with the title that its case had then. */
@Injectable()
@Consumes(donationCompleted, 'giving.issue-receipt')
export class OnDonationCompleted implements EventConsumer<Completed> {
  constructor(private readonly receipts: ReceiptsService) {}

  handle({ payload }: ConsumedEvent<Completed>, tx: Tx): Promise<void> {
    return this.receipts.issue(tx, [payload.donationId]);
  }
}
