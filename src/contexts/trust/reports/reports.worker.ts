import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { ReportsQueries } from './reports.queries.js';

/** As long as the originals of deleted content are kept (decision 19). */
const EVIDENCE_MS = 90 * 86_400_000;

@Injectable()
export class ReportsWorker {
  constructor(
    private readonly clock: Clock,
    private readonly queries: ReportsQueries,
  ) {}

  /** Forgets every night what was reported of content, long after the decision. */
  @Scheduled({ name: 'trust.purge-excerpts', cron: '20 3 * * *' })
  purgeExcerpts(): Promise<number> {
    return this.queries.purgeExcerpts(new Date(this.clock.now().getTime() - EVIDENCE_MS));
  }
}
