import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseFundingService, type FundingState } from './case-funding.service.js';
import { CasesQueries, type DonationTarget } from './cases.queries.js';

/** Commands that other modules may call inside their own transaction. */
@Injectable()
export class CasesFacade {
  constructor(
    private readonly funding: CaseFundingService,
    private readonly queries: CasesQueries,
  ) {}

  /**
   * Changes a case's total, moves it between active and funded (never out of closed) and tells its watchers.
   * Call it in the transaction that posts to the ledger.
   * @param input.amount minor units of the case's currency; negative for a refund or a lost dispute
   * @throws CaseNotFound
   */
  addFunding(tx: Tx, input: { caseId: string; amount: number }): Promise<FundingState> {
    return this.funding.addFunding(tx, input.caseId, input.amount);
  }

  /** The donation gate with the case held `FOR SHARE`, so that it cannot close before the caller commits. */
  lockDonationTarget(tx: Tx, caseId: string): Promise<DonationTarget | null> {
    return this.queries.lockDonationTarget(tx, caseId);
  }
}
