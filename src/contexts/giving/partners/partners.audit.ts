import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const partnerCreated = defineAuditAction('partner.created', 'partner');
export const partnerUpdated = defineAuditAction('partner.updated', 'partner');
