import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const transportRequestedAction = defineAuditAction('transport_requested', 'case');
