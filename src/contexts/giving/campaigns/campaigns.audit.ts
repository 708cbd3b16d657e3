import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const campaignCreated = defineAuditAction('campaign.created', 'campaign');
export const campaignUpdated = defineAuditAction('campaign.updated', 'campaign');
export const campaignClosed = defineAuditAction('campaign.closed', 'campaign');
