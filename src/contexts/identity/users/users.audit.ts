import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const roleChanged = defineAuditAction('user.role_changed', 'user');
export const verificationChanged = defineAuditAction('user.verification_changed', 'user');
export const userErased = defineAuditAction('gdpr.user_erased', 'user');
export const userWarnedAction = defineAuditAction('user.warned', 'user');
export const warningWithdrawn = defineAuditAction('user.warning_withdrawn', 'user');
