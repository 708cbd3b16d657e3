import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const stripeEventResent = defineAuditAction('stripe_event.resent', 'stripe_event');
