import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const paymentMethodRemoved = defineAuditAction('payment_method.removed', 'payment_method');
export const paymentMethodDefaultChanged = defineAuditAction('payment_method.default_changed', 'payment_method');
