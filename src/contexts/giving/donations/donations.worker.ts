import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { ProcessorFeeService } from './processor-fee.service.js';
import { ReconciliationService } from './reconciliation.service.js';

@Injectable()
export class DonationsWorker {
  constructor(
    private readonly reconciliation: ReconciliationService,
    private readonly fees: ProcessorFeeService,
  ) {}

  /** Settles donations that no event has settled. */
  @Scheduled({ name: 'giving.reconcile-pending-donations', cron: '10 * * * *' })
  reconcile(): Promise<number> {
    return this.reconciliation.reconcilePending();
  }

  /** Takes up events that came before their donation was known. */
  @Scheduled({ name: 'giving.release-awaited-events', cron: '20 * * * *' })
  releaseAwaited(): Promise<number> {
    return this.reconciliation.releaseAwaited();
  }

  /** Asks again for fees that no event has brought. */
  @Scheduled({ name: 'giving.chase-processor-fees', cron: '25 * * * *' })
  chaseFees(): Promise<number> {
    return this.fees.chase();
  }
}
