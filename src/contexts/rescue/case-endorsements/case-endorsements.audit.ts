import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const endorsementBrigadingFlagged = defineAuditAction('case.endorsement_brigading_flagged', 'case');
