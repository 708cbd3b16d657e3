import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const subscriptionCreated = defineAuditAction('subscription.created', 'subscription');
export const subscriptionStatusChangedAudit = defineAuditAction('subscription.status_changed', 'subscription');
export const subscriptionCanceledAudit = defineAuditAction('subscription.canceled', 'subscription');
