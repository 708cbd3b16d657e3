import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { reviewClocksSql } from '../review-queue/index.js';
import type { AdminCaseReportPage, AdminCaseReportView, AdminCommunityReportView, CaseReportsQuery, CommunityReportsQuery, OwnReportView, PendingReports } from './reports.dto.js';
import { ReportNotFound } from './reports.errors.js';

const person = (alias: string): string => `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;

/** What both kinds of report show to staff; `$1` is the present time. */
const SHARED = `
  r.id, r.reason, r.details, r.status, ${person('p')} AS reporter, ${person('v')} AS reviewer, r.reviewed_at AS "reviewedAt",
  r.resolution_action AS "resolutionAction", r.resolution_notes AS "resolutionNotes", r.created_at AS "createdAt", ${reviewClocksSql('$1')}`;

const SHARED_JOINS = `
  LEFT JOIN identity.public_users p ON p.id = r.reporter_id
  LEFT JOIN identity.public_users v ON v.id = r.reviewed_by`;

const CASE_REPORT = `
  SELECT ${SHARED}, r.rule, r.evidence,
         json_build_object('id', c.id, 'title', c.title, 'owner', ${person('o')}, 'status', c.status, 'verificationStatus', c.verification_status,
                           'lifecycleStage', c.lifecycle_stage, 'riskLevel', c.risk_level, 'hidden', c.hidden_at IS NOT NULL) AS "case"
    FROM trust.reports r
    JOIN trust.review_items i ON i.kind = 'case_report' AND i.source_id = r.id
    JOIN rescue.staff_cases c ON c.id = r.case_id
    JOIN identity.public_users o ON o.id = c.user_id ${SHARED_JOINS}`;

const COMMUNITY_REPORT = `
  SELECT ${SHARED}, r.target_type AS "targetType", r.target_id AS "targetId", ${person('o')} AS "targetOwner", r.case_id AS "caseId", r.excerpt
    FROM trust.community_reports r
    JOIN trust.review_items i ON i.kind = 'community_report' AND i.source_id = r.id
    JOIN identity.public_users o ON o.id = r.target_owner_id ${SHARED_JOINS}`;

/** Both tables as the person who reported sees them. */
const OWN = `
  SELECT id, 'case' AS "targetType", case_id AS "targetId", reason, details, status, created_at AS "createdAt" FROM trust.reports WHERE reporter_id = $1
  UNION ALL
  SELECT id, target_type, target_id, reason, details, status, created_at FROM trust.community_reports WHERE reporter_id = $1`;

const PENDING = ['open', 'reviewing'];

/** Reads of reports. */
@Injectable()
export class ReportsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What a person reported, newest first. */
  async reportsOf(userId: string, query: PageQuery): Promise<Page<OwnReportView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<OwnReportView>(
      `SELECT * FROM (${OWN}) r WHERE $2::timestamptz IS NULL OR ("createdAt", id) < ($2, $3::uuid) ORDER BY "createdAt" DESC, id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }

  /** One report of a person's own. */
  async reportOf(userId: string, id: string): Promise<OwnReportView> {
    return found(await this.database.row<OwnReportView>(`SELECT * FROM (${OWN}) r WHERE id = $2`, [userId, id]));
  }

  /** Reports about cases for staff: those about cases of high risk first, then the newest. */
  async caseReports(query: CaseReportsQuery): Promise<AdminCaseReportPage> {
    const after = decodeCursor(query.cursor, ['boolean', 'time', 'uuid']);
    const rows = await this.database.rows<AdminCaseReportView>(
      `${CASE_REPORT}
        WHERE r.status = ANY($2) AND ($3::uuid IS NULL OR r.case_id = $3)
          AND ($4::boolean IS NULL OR (c.risk_level = 'high', r.created_at, r.id) < ($4, $5::timestamptz, $6::uuid))
        ORDER BY c.risk_level = 'high' DESC, r.created_at DESC, r.id DESC LIMIT $7`,
      [this.clock.now(), query.status ? [query.status] : PENDING, query.caseId ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, query.limit + 1],
    );
    const page = toPage(rows, query.limit, (row) => [row.case.riskLevel === 'high', row.createdAt.toISOString(), row.id], (row) => row);
    return { ...page, pending: query.caseId ? await this.pendingOf(query.caseId) : null };
  }

  /** @throws ReportNotFound */
  async caseReport(id: string): Promise<AdminCaseReportView> {
    return found(await this.database.row<AdminCaseReportView>(`${CASE_REPORT} WHERE r.id = $2`, [this.clock.now(), id]));
  }

  /** Reports about content for staff, newest first. */
  async communityReports(query: CommunityReportsQuery): Promise<Page<AdminCommunityReportView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<AdminCommunityReportView>(
      `${COMMUNITY_REPORT} WHERE r.status = ANY($2) AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3, $4::uuid))
        ORDER BY r.created_at DESC, r.id DESC LIMIT $5`,
      [this.clock.now(), query.status ? [query.status] : PENDING, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }

  /** @throws ReportNotFound */
  async communityReport(id: string): Promise<AdminCommunityReportView> {
    return found(await this.database.row<AdminCommunityReportView>(`${COMMUNITY_REPORT} WHERE r.id = $2`, [this.clock.now(), id]));
  }

  /** Forgets what was reported of content decided about before then; answers of how many reports. */
  async purgeExcerpts(decidedBefore: Date): Promise<number> {
    const rows = await this.database.rows(
      `UPDATE trust.community_reports SET excerpt = NULL WHERE excerpt IS NOT NULL AND status IN ('closed', 'dismissed') AND reviewed_at < $1 RETURNING id`,
      [decidedBefore],
    );
    return rows.length;
  }

  private async pendingOf(caseId: string): Promise<PendingReports> {
    const row = await this.database.row<PendingReports>(
      `SELECT count(*)::int AS count, CASE WHEN count(*) = 0 THEN 'none' WHEN bool_or(status = 'reviewing') THEN 'reviewing' ELSE 'open' END AS status
         FROM trust.reports WHERE case_id = $1 AND status = ANY($2)`,
      [caseId, PENDING],
    );
    return row!;
  }
}

function found<T>(row: T | null): T {
  if (!row) throw new ReportNotFound();
  return row;
}
