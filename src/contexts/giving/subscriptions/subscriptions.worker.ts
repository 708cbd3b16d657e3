import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { SubscriptionEndingService } from './subscription-ending.service.js';

@Injectable()
export class SubscriptionsWorker {
  constructor(private readonly ending: SubscriptionEndingService) {}

  /** Ends subscriptions whose checkout nobody finished and no event told of. */
  @Scheduled({ name: 'giving.expire-pending-subscriptions', cron: '15 * * * *' })
  expirePending(): Promise<number> {
    return this.ending.expirePending();
  }

  /** Has those ended at the provider that still run there after they were canceled here. */
  @Scheduled({ name: 'giving.chase-canceled-subscriptions', cron: '35 * * * *' })
  chase(): Promise<number> {
    return this.ending.chase();
  }
}
