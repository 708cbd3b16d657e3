import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { CaseEndorsementsService } from './case-endorsements.service.js';

@Injectable()
export class CaseEndorsementsWorker {
  constructor(private readonly endorsements: CaseEndorsementsService) {}

  /** Accounts grow older and people become trusted without anybody touching the case. */
  @Scheduled({ name: 'rescue.recount-endorsements', cron: '50 * * * *' })
  recount(): Promise<number> {
    return this.endorsements.recountDue();
  }
}
