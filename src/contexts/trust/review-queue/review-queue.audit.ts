import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const reviewItemBreachedAction = defineAuditAction('review_item.breached', 'review_item');
