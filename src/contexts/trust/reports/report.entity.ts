import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { CONTENT_TYPES, type ContentType } from '../targets/index.js';

export const CASE_REPORT_REASONS = ['suspected_scam', 'duplicate_case', 'incorrect_information', 'animal_welfare', 'other'] as const;
export type CaseReportReason = (typeof CASE_REPORT_REASONS)[number];

export const CASE_REPORT_STATUSES = ['open', 'reviewing', 'closed'] as const;
export type CaseReportStatus = (typeof CASE_REPORT_STATUSES)[number];

export const CASE_REPORT_ACTIONS = ['hide_case', 'warn_user', 'dismiss', 'no_action'] as const;
export type CaseReportAction = (typeof CASE_REPORT_ACTIONS)[number];

export const COMMUNITY_REPORT_REASONS = ['spam', 'harassment', 'misinformation', 'scam', 'animal_welfare', 'other'] as const;
export type CommunityReportReason = (typeof COMMUNITY_REPORT_REASONS)[number];

export const REPORT_STATUSES = ['open', 'reviewing', 'closed', 'dismissed'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

export const COMMUNITY_REPORT_ACTIONS = ['hide_content', 'lock_thread', 'warn_user', 'dismiss', 'no_action'] as const;
export type CommunityReportAction = (typeof COMMUNITY_REPORT_ACTIONS)[number];

/** Reports that wait: one of them for each person and target, and for each rule and case. */
const PENDING = `status IN ('open', 'reviewing')`;

/** Something that an automatic rule saw, with its time and the point of risk that it raised. */
export interface RuleEvidence extends Record<string, unknown> {
  riskPointId: string;
  at: string;
}

/** What the two tables of reports have in common. */
export abstract class Report {
  @IdColumn() id: string;

  /** At most 2000 characters. */
  @Column({ type: 'text', nullable: true }) details: string | null;

  /** Known to staff only; null for the system, and once the person is erased. */
  @RefColumn({ nullable: true }) @ForeignKey('User') reporterId: string | null;

  @TimeColumn() createdAt: Date;

  @RefColumn({ nullable: true }) @ForeignKey('User') reviewedBy: string | null;

  /** The staff account, where it was one. */
  @RefColumn({ nullable: true }) reviewedByStaff: string | null;

  @TimeColumn({ nullable: true }) reviewedAt: Date | null;

  /** At most 2000 characters. The affected person reads them when they are hidden or warned. */
  @Column({ type: 'text', nullable: true }) resolutionNotes: string | null;
}

/** Aggregate root. A report about a case, by a person or by a rule (spec table `reports`, behaviour 2.21). */
@Entity({ schema: 'trust', name: 'reports' })
@Index('ix_reports_by_case', ['caseId', 'createdAt', 'id'])
@Index('ix_reports_by_status', ['status', 'createdAt', 'id'])
@Index('ix_reports_by_reporter', ['reporterId', 'createdAt', 'id'])
@Index('ix_reports_by_reviewed_by', ['reviewedBy'])
@Index('ux_reports_pending_of_person', ['caseId', 'reporterId'], { unique: true, where: PENDING })
@Index('ux_reports_pending_of_rule', ['caseId', 'rule'], { unique: true, where: PENDING })
export class CaseReport extends Report {
  @RefColumn() @ForeignKey('Case') caseId: string;

  @ClosedSetColumn('reports', CASE_REPORT_REASONS) reason: CaseReportReason;

  /** Always null: reports need a session (decision 7), and people are known by their own id. */
  @Column({ type: 'text', nullable: true }) reporterClerkId: string | null;

  @ClosedSetColumn('reports', CASE_REPORT_STATUSES, { default: 'open' }) status: CaseReportStatus;

  @ClosedSetColumn('reports', CASE_REPORT_ACTIONS, { nullable: true }) resolutionAction: CaseReportAction | null;

  /** The rule that reports; null for people. */
  @Column({ type: 'text', nullable: true }) rule: string | null;

  /** What the rule saw, oldest first; more is added while the report waits. */
  @Column({ type: 'jsonb', nullable: true }) evidence: RuleEvidence[] | null;
}

/** Aggregate root. A report about something that somebody wrote (spec table `communityReports`, behaviour 2.21). */
@Entity({ schema: 'trust', name: 'community_reports' })
@Index('ix_community_reports_by_target', ['targetType', 'targetId'])
@Index('ix_community_reports_by_status', ['status', 'createdAt', 'id'])
@Index('ix_community_reports_by_reporter', ['reporterId', 'createdAt', 'id'])
@Index('ix_community_reports_by_reviewed_by', ['reviewedBy'])
@Index('ix_community_reports_by_target_owner', ['targetOwnerId'])
@Index('ux_community_reports_pending_of_person', ['targetType', 'targetId', 'reporterId'], { unique: true, where: PENDING })
export class CommunityReport extends Report {
  @ClosedSetColumn('community_reports', CONTENT_TYPES) targetType: ContentType;

  @RefColumn() targetId: string;

  @ClosedSetColumn('community_reports', COMMUNITY_REPORT_REASONS) reason: CommunityReportReason;

  @ClosedSetColumn('community_reports', REPORT_STATUSES, { default: 'open' }) status: ReportStatus;

  @ClosedSetColumn('community_reports', COMMUNITY_REPORT_ACTIONS, { nullable: true }) resolutionAction: CommunityReportAction | null;

  /** Who wrote it. */
  @RefColumn() @ForeignKey('User') targetOwnerId: string;

  /** The case that it hangs on. */
  @RefColumn({ nullable: true }) caseId: string | null;

  /** How it began when it was reported; gone 90 days after the decision and with its author. */
  @Column({ type: 'text', nullable: true }) excerpt: string | null;
}
