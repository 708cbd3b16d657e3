import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Case, type CaseStatus } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { caseChannel } from './cases.events.js';

/** Where a case's fundraising stands; also what watchers are told as `case.funding`. */
export interface FundingState {
  /** Minor units. */
  current: number;
  /** Minor units. */
  goal: number;
  currency: string;
  status: CaseStatus;
}

/** Keeps a case's total beside the ledger. */
@Injectable()
export class CaseFundingService {
  constructor(
    private readonly clock: Clock,
    private readonly lock: CaseLock,
  ) {}

  async addFunding(tx: Tx, caseId: string, amount: number): Promise<FundingState> {
    const row = await this.lock.any(tx, caseId);
    const now = this.clock.now();
    row.addFunding(amount, now);
    await tx.manager.update(Case, caseId, {
      fundraisingCurrent: row.fundraisingCurrent,
      firstDonationAt: row.firstDonationAt,
      status: row.status,
      updatedAt: now,
    });
    const state: FundingState = { current: row.fundraisingCurrent, goal: row.fundraisingGoal, currency: row.fundraisingCurrency, status: row.status };
    tx.signal(caseChannel(caseId), 'case.funding', state);
    return state;
  }
}
