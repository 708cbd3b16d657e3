import { Injectable } from '@nestjs/common';
import type { AuditAction } from '../../../platform/audit/audit-entry.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseFundingService, type FundingState } from './case-funding.service.js';
import type { Case, LifecycleStage } from './case.entity.js';
import { CaseLock, type LinkedClinic } from './case-lock.js';
import { CaseRiskService, type RiskFinding } from './case-risk.service.js';
import { CaseStageService, type StageChange } from './case-stage.service.js';
import { CaseVerificationService } from './case-verification.service.js';
import type { AuthorRole } from './cases.policy.js';
import { CasesQueries, type DonationTarget } from './cases.queries.js';

/** Commands that other modules may call inside their own transaction. */
@Injectable()
export class CasesFacade {
  constructor(
    private readonly funding: CaseFundingService,
    private readonly stages: CaseStageService,
    private readonly lock: CaseLock,
    private readonly queries: CasesQueries,
    private readonly risk: CaseRiskService,
    private readonly verification: CaseVerificationService,
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

  /** Whether a person has a shown case of their own that passes the donation gate. */
  hasCaseTakingDonations(tx: Tx, userId: string): Promise<boolean> {
    return this.queries.hasCaseTakingDonations(tx, userId);
  }

  /**
   * Moves a case to another stage of its life, closing it where the stage says so. The milestone in the
   * evidence trail is the caller's.
   * @throws CaseNotFound, Forbidden, IllegalTransition
   */
  moveTo(tx: Tx, actor: Actor, caseId: string, stage: LifecycleStage, notes: string | null): Promise<StageChange> {
    return this.stages.moveTo(tx, actor, caseId, stage, notes);
  }

  /**
   * Locks a case for one of its managers and says in which relation they act.
   * @throws CaseNotFound, Forbidden
   */
  async lockManaged(tx: Tx, actor: Actor, caseId: string): Promise<{ role: AuthorRole; clinic: LinkedClinic | null }> {
    const { role, clinic } = await this.lock.managed(tx, actor, caseId);
    return { role, clinic };
  }

  /**
   * Locks a case for somebody who may see it.
   * @throws CaseNotFound
   */
  lockVisible(tx: Tx, actor: Actor, caseId: string): Promise<Case> {
    return this.lock.visible(tx, actor, caseId);
  }

  /**
   * Raises the risk of a locked case by what a rule found.
   * @param row changed in place
   * @param action how the audit log names it
   */
  raiseRisk(tx: Tx, row: Case, finding: RiskFinding, action: AuditAction): Promise<void> {
    return this.risk.raise(tx, row, finding, action);
  }

  /**
   * The community vouches for a locked case.
   * @param row changed in place
   * @param evidence numbers that the promotion rests on
   */
  verifyByCommunity(tx: Tx, row: Case, evidence: Record<string, number>): Promise<void> {
    return this.verification.byCommunity(tx, row, evidence);
  }

  /** The clinic, or null when there is none with this id. */
  findClinic(tx: Tx, id: string): Promise<LinkedClinic | null> {
    return this.lock.clinic(tx, id);
  }

  /** Counts one more entry of the evidence trail. */
  async countUpdate(tx: Tx, caseId: string): Promise<void> {
    await tx.query(`UPDATE rescue.cases SET updates_count = updates_count + 1 WHERE id = $1`, [caseId]);
  }
}
