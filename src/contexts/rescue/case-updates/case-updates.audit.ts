import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const caseUpdateAddedAction = defineAuditAction('case_update_added', 'case');
export const caseUpdateRetracted = defineAuditAction('case_update_retracted', 'case');
