import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { AuditAction } from '../../../platform/audit/audit-entry.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { Case, RISK_LEVELS, type RiskLevel } from './case.entity.js';
import { CaseRiskPoint, type RiskRule } from './case-risk-point.entity.js';
import { caseRiskRaised } from './cases.events.js';

/** What an automatic rule found, and why, so that staff can argue with it. */
export interface RiskFinding {
  rule: RiskRule;
  level: RiskLevel;
  flags: string[];
  /** What the rule looked at: numbers, thresholds, ids. No personal data. */
  evidence: Record<string, unknown>;
  /** Reason of the report that the system files, where the rule asks for a moderator. */
  reportReason: 'duplicate_case' | 'suspected_scam' | null;
}

/** Keeps the risk of a case and the points it rests on. */
@Injectable()
export class CaseRiskService {
  constructor(private readonly clock: Clock) {}

  /**
   * Raises the risk of a locked case by what a rule found: never lower than it is, flags joined, the point kept,
   * audited, and a moderator called where the rule asks for one.
   * @param row the locked case; changed in place
   * @param action how the audit log names it
   */
  async raise(tx: Tx, row: Case, finding: RiskFinding, action: AuditAction): Promise<void> {
    const { rule, level, flags, evidence, reportReason } = finding;
    const now = this.clock.now();
    const before = { riskLevel: row.riskLevel, riskFlags: row.riskFlags };
    row.riskLevel = RISK_LEVELS[Math.max(RISK_LEVELS.indexOf(row.riskLevel), RISK_LEVELS.indexOf(level))]!;
    row.riskFlags = [...new Set([...row.riskFlags, ...flags])];
    const after = { riskLevel: row.riskLevel, riskFlags: row.riskFlags };
    const id = newId();
    await tx.manager.update(Case, row.id, { ...after, updatedAt: now });
    await tx.manager.insert(CaseRiskPoint, { id, caseId: row.id, rule, level, flags, evidence: evidence as object, createdAt: now });
    tx.audit(SYSTEM, action, row.id, { before, after, rule, evidence });
    tx.publish(caseRiskRaised({ caseId: row.id, ownerId: row.userId, riskPointId: id, rule, reportReason, evidence }));
  }

  /** Marks every open point of a case as settled: staff have looked at them and lowered the risk. */
  async settle(tx: Tx, caseId: string): Promise<void> {
    await tx.manager.update(CaseRiskPoint, { caseId, settledAt: IsNull() }, { settledAt: this.clock.now() });
  }
}
