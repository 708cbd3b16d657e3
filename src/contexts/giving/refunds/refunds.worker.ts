import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { RefundReconciliationService } from './refund-reconciliation.service.js';

@Injectable()
export class RefundsWorker {
  constructor(private readonly reconciliation: RefundReconciliationService) {}

  /** Finishes refunds that no event has finished. */
  @Scheduled({ name: 'giving.reconcile-refunds', cron: '15 * * * *' })
  reconcile(): Promise<number> {
    return this.reconciliation.reconcile();
  }
}
