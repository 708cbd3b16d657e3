import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { ReviewClockService } from './review-clock.service.js';

@Injectable()
export class ReviewQueueWorker {
  constructor(private readonly clocks: ReviewClockService) {}

  /** Tells staff what has waited for too long. */
  @Scheduled({ name: 'trust.mark-breaches', cron: '*/5 * * * *' })
  markBreaches(): Promise<number> {
    return this.clocks.markBreaches();
  }
}
