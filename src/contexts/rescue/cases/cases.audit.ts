import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const caseEdited = defineAuditAction('case_edited', 'case');
export const lifecycleTransition = defineAuditAction('lifecycle_transition', 'case');
export const verificationSet = defineAuditAction('case.verification_set', 'case');
export const verificationUpgraded = defineAuditAction('case.verification_upgraded', 'case');
export const verificationRevoked = defineAuditAction('case.verification_revoked', 'case');
export const riskChanged = defineAuditAction('case.risk_changed', 'case');
export const duplicateFlagged = defineAuditAction('case.duplicate_flagged', 'case');
export const caseHidden = defineAuditAction('case.hidden', 'case');
export const caseRestored = defineAuditAction('case.restored', 'case');
