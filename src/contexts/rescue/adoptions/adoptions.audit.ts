import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const adoptionCreated = defineAuditAction('adoption.created', 'adoption');
export const adoptionUpdated = defineAuditAction('adoption.updated', 'adoption');
export const adoptionStatusChanged = defineAuditAction('adoption.status_changed', 'adoption');
export const adoptionRemoved = defineAuditAction('adoption.removed', 'adoption');
export const adoptionRestored = defineAuditAction('adoption.restored', 'adoption');
