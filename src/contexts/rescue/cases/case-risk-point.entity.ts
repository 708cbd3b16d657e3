import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { RISK_LEVELS, type RiskLevel } from './case.entity.js';

/** Rules that raise the risk of a case by themselves (behaviour 1.4, 2.6). */
export const RISK_RULES = ['new_account_high_goal', 'duplicate_images', 'endorsement_brigading'] as const;
export type RiskRule = (typeof RISK_RULES)[number];

/**
 * Child. Why the risk of a case was raised: the rule that fired and what it saw, so that staff can argue with
 * it (behaviour 2.6). Never changed, except that staff settle it by lowering the risk.
 */
@Entity({ schema: 'rescue', name: 'case_risk_points' })
@Index('ix_case_risk_points_by_case', ['caseId', 'createdAt', 'id'])
export class CaseRiskPoint {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  @ClosedSetColumn('case_risk_points', RISK_RULES) rule: RiskRule;

  /** The level that the rule asks for. */
  @ClosedSetColumn('case_risk_points', RISK_LEVELS) level: RiskLevel;

  /** Names that the rule put on the case, such as `reused_images`. */
  @Column({ type: 'text', array: true }) flags: string[];

  /** What the rule looked at: numbers, thresholds, ids of cases and files. */
  @Column({ type: 'jsonb' }) evidence: Record<string, unknown>;

  @TimeColumn() createdAt: Date;

  /** When staff lowered the risk in spite of it. */
  @TimeColumn({ nullable: true }) settledAt: Date | null;
}
