import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import type { PaymentDetails } from '../payments/index.js';
import { processorFeeDue } from './donations.events.js';
import { ProcessorFeeService } from './processor-fee.service.js';

type Due = PayloadOf<typeof processorFeeDue>;

/** Asks the provider what it kept of a donation, and books it. */
@Injectable()
@Consumes(processorFeeDue, 'giving.post-processor-fee')
export class OnProcessorFeeDue implements EventConsumer<Due, PaymentDetails | null> {
  constructor(private readonly fees: ProcessorFeeService) {}

  prepare({ payload }: ConsumedEvent<Due>): Promise<PaymentDetails | null> {
    return this.fees.ask(payload.donationId);
  }

  handle({ payload }: ConsumedEvent<Due>, tx: Tx, details: PaymentDetails | null): Promise<string> {
    return this.fees.record(tx, payload.donationId, details);
  }
}
