import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const refundRequestedAudit = defineAuditAction('refund.requested', 'refund');
/** The provider's status of a refund changed, or it told of one that was made outside. */
export const refundStatusChanged = defineAuditAction('refund.status_changed', 'refund');
