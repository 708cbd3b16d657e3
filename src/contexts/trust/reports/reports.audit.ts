import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const reportCreated = defineAuditAction('report_created', 'report');
export const reportEvidenceAdded = defineAuditAction('report_evidence_added', 'report');
export const reportReviewing = defineAuditAction('report_reviewing', 'report');
export const reportResolved = defineAuditAction('report_resolved', 'report');
export const communityReportCreated = defineAuditAction('community.report.created', 'community_report');
export const communityReportReviewing = defineAuditAction('community.report.reviewing', 'community_report');
export const communityReportResolved = defineAuditAction('community.report.resolved', 'community_report');
