import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { StripeEventsService } from './stripe-events.service.js';

@Injectable()
export class StripeEventsWorker {
  constructor(private readonly events: StripeEventsService) {}

  /** Takes up events that no job has processed. */
  @Scheduled({ name: 'giving.sweep-stripe-events', everyMs: 15_000 })
  sweep(): Promise<number> {
    return this.events.sweep();
  }
}
