import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { MissedEventsService } from './missed-events.service.js';
import { StripeEventsService } from './stripe-events.service.js';

@Injectable()
export class StripeEventsWorker {
  constructor(
    private readonly events: StripeEventsService,
    private readonly missed: MissedEventsService,
  ) {}

  /** Takes up events that no job has processed. */
  @Scheduled({ name: 'giving.sweep-stripe-events', everyMs: 15_000 })
  sweep(): Promise<number> {
    return this.events.sweep();
  }

  /** Fetches events whose webhook never came through. */
  @Scheduled({ name: 'giving.fetch-missed-events', cron: '5 * * * *' })
  fetchMissed(): Promise<number> {
    return this.missed.fetch();
  }
}
