import { Injectable } from '@nestjs/common';
import { type Actor, personOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { ReasonRequired } from '../../../platform/http/problem.js';
import { Case, RISK_LEVELS, type RiskLevel, VERIFICATION_STATUSES, type VerificationStatus } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { CaseRiskService } from './case-risk.service.js';
import { caseHidden, caseRestored, riskChanged, verificationRevoked, verificationSet } from './cases.audit.js';
import { CASE_HIDDEN, caseChannel, caseHiddenEvent, caseRiskChanged, caseVerificationChanged } from './cases.events.js';

/** What staff decide about a case. Who may call is checked before. */
@Injectable()
export class CaseModerationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lock: CaseLock,
    private readonly risk: CaseRiskService,
  ) {}

  /**
   * Sets how far a case is verified (behaviour 1.4).
   * @throws CaseNotFound; ReasonRequired when the status gets lower without a reason
   */
  setVerification(actor: Actor, id: string, status: VerificationStatus, reason: string | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.lock.any(tx, id);
      const lower = VERIFICATION_STATUSES.indexOf(status) < VERIFICATION_STATUSES.indexOf(row.verificationStatus);
      if (lower && !reason) throw new ReasonRequired();
      await tx.manager.update(Case, id, { verificationStatus: status, updatedAt: this.clock.now() });
      tx.audit(actor, lower ? verificationRevoked : verificationSet, id, {
        before: { verificationStatus: row.verificationStatus },
        after: { verificationStatus: status },
        reason,
      });
      if (status !== row.verificationStatus) tx.publish(caseVerificationChanged({ caseId: id, ownerId: row.userId, from: row.verificationStatus, to: status, by: 'admin' }));
    });
  }

  /**
   * Sets the risk of giving to a case (behaviour 2.6). Lowering it settles the points that raised it, and needs a reason.
   * @param flags names of what is risky; null leaves them as they are
   * @throws CaseNotFound; ReasonRequired when the risk gets lower without a note
   */
  setRisk(actor: Actor, id: string, level: RiskLevel, flags: string[] | null, note: string | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.lock.any(tx, id);
      const lower = RISK_LEVELS.indexOf(level) < RISK_LEVELS.indexOf(row.riskLevel);
      if (lower && !note) throw new ReasonRequired('Say in `note` why the risk is lower than it was: the act is kept in the audit log');
      const after = { riskLevel: level, riskFlags: flags ?? row.riskFlags };
      await tx.manager.update(Case, id, { ...after, updatedAt: this.clock.now() });
      if (lower) await this.risk.settle(tx, id);
      tx.audit(actor, riskChanged, id, { before: { riskLevel: row.riskLevel, riskFlags: row.riskFlags }, after, reason: note });
      if (level !== row.riskLevel) tx.publish(caseRiskChanged({ caseId: id, ownerId: row.userId, from: row.riskLevel, to: level }));
    });
  }

  /**
   * Takes a case from the public (behaviour 2.3): out of every list, no donations, live streams end. Hiding a
   * hidden case changes nothing.
   * @throws CaseNotFound
   */
  hide(actor: Actor, id: string, reason: string): Promise<void> {
    return this.database.transaction(async (tx) => void (await this.hideIn(tx, actor, id, reason)));
  }

  /**
   * The same in a transaction of the caller's; answers whether it was shown until now.
   * @param byReport whether it is the outcome of a report
   */
  async hideIn(tx: Tx, actor: Actor, id: string, reason: string, byReport = false): Promise<boolean> {
    const row = await this.lock.any(tx, id);
    if (row.hiddenAt) return false;
    const now = this.clock.now();
    await tx.manager.update(Case, id, { hiddenAt: now, updatedAt: now });
    tx.audit(actor, caseHidden, id, { before: { hidden: false }, after: { hidden: true }, reason });
    tx.publish(caseHiddenEvent({ caseId: id, ownerId: row.userId, reason, decidedBy: personOf(actor), byReport }));
    tx.signal(caseChannel(id), CASE_HIDDEN, {});
    return true;
  }

  /**
   * Shows a hidden case again. Repeating it changes nothing.
   * @throws CaseNotFound
   */
  restore(actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.database.transaction((tx) => this.restoreIn(tx, actor, id, reason));
  }

  /** The same in a transaction of the caller's. */
  async restoreIn(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    const row = await this.lock.any(tx, id);
    if (!row.hiddenAt) return;
    await tx.manager.update(Case, id, { hiddenAt: null, updatedAt: this.clock.now() });
    tx.audit(actor, caseRestored, id, { before: { hidden: true }, after: { hidden: false }, reason });
  }
}
