import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const appealSubmitted = defineAuditAction('appeal.submitted', 'appeal');
export const appealReviewed = defineAuditAction('appeal.reviewed', 'appeal');
