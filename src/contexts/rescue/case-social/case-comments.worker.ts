import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { CaseCommentsService } from './case-comments.service.js';

@Injectable()
export class CaseCommentsWorker {
  constructor(private readonly comments: CaseCommentsService) {}

  /** What deleted comments said is kept for 90 days. */
  @Scheduled({ name: 'rescue.purge-comment-evidence', cron: '15 3 * * *' })
  purgeEvidence(): Promise<number> {
    return this.comments.purgeEvidence();
  }
}
