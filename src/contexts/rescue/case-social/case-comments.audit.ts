import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const caseCommentDeleted = defineAuditAction('case.comment_deleted', 'case_comment');
