import { defineEvent } from '../../../platform/outbox/event.js';
import type { CaseCategory, CaseType, ClosedReason, LifecycleStage, RiskLevel, VerificationStatus } from './case.entity.js';
import type { RiskRule } from './case-risk-point.entity.js';

/** A case went public. */
export const casePublished = defineEvent<{
  caseId: string;
  ownerId: string;
  type: CaseType;
  category: CaseCategory;
  /** Key of the city, see `cityKey`. */
  cityKey: string;
}>('rescue.case.published.v1');

/** A case moved to another stage of its life. */
export const caseLifecycleChanged = defineEvent<{ caseId: string; ownerId: string; from: LifecycleStage; to: LifecycleStage }>(
  'rescue.case.lifecycle_changed.v1',
);

/** A case takes nothing any more and its outcome is known. */
export const caseClosed = defineEvent<{ caseId: string; ownerId: string; reason: ClosedReason }>('rescue.case.closed.v1');

/** Somebody moved a case on the verification ladder, up or down. */
export const caseVerificationChanged = defineEvent<{
  caseId: string;
  ownerId: string;
  from: VerificationStatus;
  to: VerificationStatus;
  /** Enough endorsements, the treating clinic, or an admin. */
  by: 'system' | 'clinic' | 'admin';
}>('rescue.case.verification_changed.v1');

/** A rule raised the risk of a case. */
export const caseRiskRaised = defineEvent<{
  caseId: string;
  ownerId: string;
  riskPointId: string;
  rule: RiskRule;
  /** Reason of the report that a moderator should find; null when none is asked for. */
  reportReason: 'duplicate_case' | 'suspected_scam' | null;
  /** What the rule looked at: numbers, thresholds, ids. */
  evidence: Record<string, unknown>;
}>('rescue.case.risk_raised.v1');

/** Staff set the risk of a case to another level, up or down. */
export const caseRiskChanged = defineEvent<{ caseId: string; ownerId: string; from: RiskLevel; to: RiskLevel }>('rescue.case.risk_changed.v1');

/** Staff took a case from the public. */
export const caseHiddenEvent = defineEvent<{
  caseId: string;
  ownerId: string;
  /** What staff wrote for the owner and the audit log. */
  reason: string;
  /** Who decided it, see `personOf`. */
  decidedBy: string | null;
  /** Whether it was the outcome of a report, which states its reasons itself. */
  byReport: boolean;
}>('rescue.case.hidden.v1');

/** Live channel of one case. */
export const caseChannel = (caseId: string): string => `case:${caseId}`;

/** Last signal on the channel of a case that is taken from the public: streams send it and end. */
export const CASE_HIDDEN = 'case.hidden';
