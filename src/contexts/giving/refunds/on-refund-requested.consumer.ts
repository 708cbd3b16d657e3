import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { RefundGateway } from '../payments/index.js';
import { refundRequested } from './refunds.events.js';
import { RefundsService } from './refunds.service.js';

type Requested = PayloadOf<typeof refundRequested>;
type Ordered = Stripe.Refund | { refused: string } | null;

/** Orders a refund at the provider. Repeats order nothing twice: the refund's id is the key. */
@Injectable()
@Consumes(refundRequested, 'giving.order-refund')
export class OnRefundRequested implements EventConsumer<Requested, Ordered> {
  constructor(
    private readonly refunds: RefundsService,
    private readonly gateway: RefundGateway,
    private readonly clock: Clock,
  ) {}

  async prepare({ payload }: ConsumedEvent<Requested>): Promise<Ordered> {
    const draft = await this.refunds.draft(payload.refundId);
    return draft && this.gateway.order(draft, this.clock.now());
  }

  async handle({ payload }: ConsumedEvent<Requested>, tx: Tx, ordered: Ordered): Promise<string> {
    return ordered ? this.refunds.answered(tx, payload.refundId, ordered) : 'ordered_before';
  }
}
