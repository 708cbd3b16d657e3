import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const disputeOpenedAudit = defineAuditAction('dispute.opened', 'dispute');
export const disputeStatusChanged = defineAuditAction('dispute.status_changed', 'dispute');
