import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import type { CaseStatus, LifecycleStage, RiskLevel, VerificationStatus } from '../../rescue/cases/index.js';
import { PersonView } from '../decisions/index.js';
import { ReviewClocks } from '../review-queue/index.js';
import type { ContentType, TargetType } from '../targets/index.js';
import {
  CASE_REPORT_ACTIONS,
  CASE_REPORT_REASONS,
  CASE_REPORT_STATUSES,
  type CaseReportAction,
  type CaseReportReason,
  type CaseReportStatus,
  COMMUNITY_REPORT_ACTIONS,
  COMMUNITY_REPORT_REASONS,
  type CommunityReportAction,
  type CommunityReportReason,
  REPORT_STATUSES,
  type ReportStatus,
} from './report.entity.js';

/** What is wrong with a case. */
export class CaseReportBody {
  /** The kind of trouble. @example suspected_scam */
  @IsIn(CASE_REPORT_REASONS)
  reason: CaseReportReason;

  /** Up to 2000 characters; staff read them. @example "The same picture is on another page, from 2024." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  details?: string;
}

/** What is wrong with something that somebody wrote. */
export class CommunityReportBody {
  /** The kind of trouble. @example harassment */
  @IsIn(COMMUNITY_REPORT_REASONS)
  reason: CommunityReportReason;

  /** Up to 2000 characters; staff read them. @example "This insults the owner." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  details?: string;
}

/** A report as the person who made it sees it: that it waits or was decided, not by whom or how. */
export class OwnReportView {
  /** UUID of the report. */
  id: string;
  /** What it is about. */
  targetType: TargetType;
  /** UUID of what it is about. */
  targetId: string;
  /** The kind of trouble. */
  reason: CaseReportReason | CommunityReportReason;
  /** What the caller wrote. */
  details: string | null;
  /** How far it is. */
  status: ReportStatus;
  /** When it was made. */
  createdAt: Date;
}

export class OwnReportPage {
  items: OwnReportView[];
  nextCursor: string | null;
}

/** Which reports about cases to show. */
export class CaseReportsQuery extends PageQuery {
  /** Only those in this state; open and reviewing ones unless told. */
  @IsOptional() @IsIn(CASE_REPORT_STATUSES)
  status?: CaseReportStatus;

  /** Only those about this case; `pending` then sums them up. */
  @IsOptional() @IsUUID('all')
  caseId?: string;
}

/** Which reports about content to show. */
export class CommunityReportsQuery extends PageQuery {
  /** Only those in this state; open and reviewing ones unless told. */
  @IsOptional() @IsIn(REPORT_STATUSES)
  status?: ReportStatus;
}

/** What comes of a report about a case. */
export class CaseReportResolutionBody {
  /** `hide_case`: closed for good and taken from the public; `warn_user`: its owner is warned; `dismiss`: the report is invalid; `no_action`: it is valid, nothing is needed. @example warn_user */
  @IsIn(CASE_REPORT_ACTIONS)
  action: CaseReportAction;

  /** Why; the owner reads it when the case is hidden or they are warned. Up to 2000 characters. @example "Please show the clinic's invoice." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  notes?: string;
}

/** What comes of a report about content. */
export class CommunityReportResolutionBody {
  /** `hide_content`: taken from the public; `lock_thread`: its thread takes no more comments; `warn_user`: the author is warned; `dismiss`: the report is invalid; `no_action`: it is valid, nothing is needed. @example hide_content */
  @IsIn(COMMUNITY_REPORT_ACTIONS)
  action: CommunityReportAction;

  /** Why; the author reads it when something is done. Up to 2000 characters. @example "Please stay polite." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  notes?: string;
}

/** What staff see of any report. */
export class AdminReportBase extends ReviewClocks {
  /** UUID of the report. */
  id: string;
  /** What the reporter wrote. */
  details: string | null;
  /** Who reported, known to staff only; null for the system and for erased persons. */
  reporter: PersonView | null;
  /** Who looks at it or decided; null too for staff without an account of their own in the system. */
  reviewer: PersonView | null;
  /** When somebody began to look at it, or decided. */
  reviewedAt: Date | null;
  /** What the moderator wrote. */
  resolutionNotes: string | null;
  /** When it was made. */
  createdAt: Date;
}

/** The reported case. */
export class ReportedCaseView {
  /** UUID of the case. */
  id: string;
  /** Its title. */
  title: string;
  /** Its owner. */
  owner: PersonView;
  /** Whether it takes donations. */
  status: CaseStatus;
  /** How far it is verified. */
  verificationStatus: VerificationStatus;
  /** Where its animal is. */
  lifecycleStage: LifecycleStage;
  /** Risk of giving to it; high comes first. */
  riskLevel: RiskLevel;
  /** Whether it was taken from the public. */
  hidden: boolean;
}

/** A report about a case as staff see it. */
export class AdminCaseReportView extends AdminReportBase {
  /** The reported case. */
  case: ReportedCaseView;
  /** The kind of trouble. */
  reason: CaseReportReason;
  /** How far it is. */
  status: CaseReportStatus;
  /** What came of it. */
  resolutionAction: CaseReportAction | null;
  /** The rule that reported; null for people. @example duplicate_images */
  rule: string | null;
  /** What the rule saw, oldest first; null for people. */
  evidence: Record<string, unknown>[] | null;
}

/** All reports about one case that wait. */
export class PendingReports {
  /** How many wait. */
  count: number;
  /** `reviewing` when somebody looks at one of them, `open` when nobody does, `none` when there are none. */
  status: 'none' | 'open' | 'reviewing';
}

export class AdminCaseReportPage {
  items: AdminCaseReportView[];
  nextCursor: string | null;
  /** Sum of the reports that wait about the case asked for; null without `caseId`. */
  pending: PendingReports | null;
}

/** A report about content as staff see it. */
export class AdminCommunityReportView extends AdminReportBase {
  /** What was reported. */
  targetType: ContentType;
  /** UUID of what was reported. */
  targetId: string;
  /** Who wrote it. */
  targetOwner: PersonView;
  /** UUID of the case that it hangs on. */
  caseId: string | null;
  /** How it began when it was reported. */
  excerpt: string | null;
  /** The kind of trouble. */
  reason: CommunityReportReason;
  /** How far it is. */
  status: ReportStatus;
  /** What came of it. */
  resolutionAction: CommunityReportAction | null;
}

export class AdminCommunityReportPage {
  items: AdminCommunityReportView[];
  nextCursor: string | null;
}
