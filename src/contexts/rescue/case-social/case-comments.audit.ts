import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const caseCommentRestored = defineAuditAction('case.comment_restored', 'case_comment');
export const caseCommentDeleted = defineAuditAction('case.comment_deleted', 'case_comment');
