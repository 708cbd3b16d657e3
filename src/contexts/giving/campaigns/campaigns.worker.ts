import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { CampaignsService } from './campaigns.service.js';

@Injectable()
export class CampaignsWorker {
  constructor(private readonly campaigns: CampaignsService) {}

  /** Completes active campaigns whose last day has passed. */
  @Scheduled({ name: 'giving.complete-ended-campaigns', cron: '5 0 * * *' })
  completeEnded(): Promise<number> {
    return this.campaigns.completeEnded();
  }
}
