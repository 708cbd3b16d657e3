import type { AuditAction } from '../../../platform/audit/audit-entry.js';
import type { ReviewKind } from '../review-queue/index.js';
import type { Sanction, TargetType } from '../targets/index.js';
import { type CaseReportAction, CommunityReport, CaseReport, type CommunityReportAction, type ReportStatus } from './report.entity.js';
import {
  communityReportCreated,
  communityReportResolved,
  communityReportReviewing,
  reportCreated,
  reportResolved,
  reportReviewing,
} from './reports.audit.js';

export type ReportAction = CaseReportAction | CommunityReportAction;
export type AnyReport = CaseReport | CommunityReport;

export type ReportKind = Extract<ReviewKind, 'case_report' | 'community_report'>;

/** In what the reports about cases and those about content differ; the rest is one mechanism. */
export interface ReportBook {
  kind: ReportKind;
  entity: typeof CaseReport | typeof CommunityReport;
  /** Name of the limit, shown as `scope` of the 429. */
  scope: string;
  audit: Record<'created' | 'reviewing' | 'resolved', AuditAction>;
  clocks: { firstResponseHours: number; resolutionHours: number };
  /** Status after a report was found invalid. */
  dismissed: ReportStatus;
}

/** Targets of behaviour 2.21: looked at within a day, decided within two. */
export const CASE_REPORTS: ReportBook = {
  kind: 'case_report',
  entity: CaseReport,
  scope: 'case.report',
  audit: { created: reportCreated, reviewing: reportReviewing, resolved: reportResolved },
  clocks: { firstResponseHours: 24, resolutionHours: 48 },
  dismissed: 'closed',
};

export const COMMUNITY_REPORTS: ReportBook = {
  kind: 'community_report',
  entity: CommunityReport,
  scope: 'community.report',
  audit: { created: communityReportCreated, reviewing: communityReportReviewing, resolved: communityReportResolved },
  clocks: { firstResponseHours: 24, resolutionHours: 24 },
  dismissed: 'dismissed',
};

/** What an action does to the target or its owner; null for those that only close the report. */
export const sanctionOf = (action: ReportAction): Sanction | null => (action === 'dismiss' || action === 'no_action' ? null : action);

/** What a report is about. */
export const targetOf = (report: AnyReport): { type: TargetType; id: string } =>
  report instanceof CaseReport ? { type: 'case', id: report.caseId } : { type: report.targetType, id: report.targetId };

/** Neither decided nor dismissed. */
export const isPending = ({ status }: { status: ReportStatus }): boolean => status === 'open' || status === 'reviewing';
