import { IsIn } from 'class-validator';
import { RISK_LEVELS, type RiskLevel } from './case.entity.js';
import { RISK_RULES, type RiskRule } from './case-risk-point.entity.js';

/** Why a rule raised the risk of a case. */
export class CaseRiskPointView {
  id: string;

  /** The rule that fired. */
  @IsIn(RISK_RULES)
  rule: RiskRule;

  /** The level that the rule asks for; the case has the highest of its points. */
  @IsIn(RISK_LEVELS)
  level: RiskLevel;

  /** Names that the rule put on the case. @example ["reused_images"] */
  flags: string[];

  /** What the rule looked at, by rule: numbers, thresholds, ids of cases and files. @example { "matches": [], "total": 0 } */
  evidence: Record<string, unknown>;

  /** When the rule fired. */
  createdAt: Date;

  /** When staff lowered the risk in spite of it; null while it stands. */
  settledAt: Date | null;
}

/** What raised the risk of a case, oldest first. */
export class CaseRiskPointPage {
  items: CaseRiskPointView[];
  nextCursor: string | null;
}
