import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const volunteerTopChanged = defineAuditAction('volunteer.top_changed', 'volunteer');
export const volunteerRated = defineAuditAction('volunteer.rated', 'volunteer');
export const volunteerActivityLoggedAction = defineAuditAction('volunteer.activity_logged', 'volunteer');
