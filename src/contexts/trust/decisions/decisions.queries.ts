import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { reviewClocksSql } from '../review-queue/index.js';
import type { AdminAppealView, AppealsQuery, AppealView, DecisionView } from './decisions.dto.js';
import { AppealNotFound } from './decisions.errors.js';

const APPEAL = `a.id, a.decision_id AS "decisionId", a.status, a.text, a.created_at AS "createdAt", a.reviewed_at AS "reviewedAt", a.notes`;

/** `$1` is the present time. */
const ADMIN_APPEAL = `
  SELECT a.id, a.status, a.text, json_build_object('id', u.id, 'name', u.name) AS user, d.id AS "decisionId", d.action, d.reason,
         d.decided_at AS "decidedAt", d.decided_by AS "decidedBy", d.target_type AS "targetType", d.target_id AS "targetId", d.case_id AS "caseId",
         a.created_at AS "createdAt", CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'name', r.name) END AS reviewer,
         a.reviewed_at AS "reviewedAt", a.notes, ${reviewClocksSql('$1')}
    FROM trust.appeals a
    JOIN trust.decisions d ON d.id = a.decision_id
    JOIN trust.review_items i ON i.kind = 'appeal' AND i.source_id = a.id
    JOIN identity.public_users u ON u.id = a.user_id
    LEFT JOIN identity.public_users r ON r.id = a.reviewed_by`;

/** Reads of decisions and appeals. */
@Injectable()
export class DecisionsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What was decided about a person, newest first. */
  async decisionsAbout(userId: string, query: PageQuery): Promise<Page<DecisionView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Omit<DecisionView, 'appeal'> & { appeal: AppealView | null }>(
      `SELECT d.id, d.action, d.reason, d.decided_at AS "decidedAt", d.appeal_until AS "appealUntil", d.target_type AS "targetType",
              d.target_id AS "targetId", d.case_id AS "caseId", d.overturned_at AS "overturnedAt", a.appeal
         FROM trust.decisions d
         LEFT JOIN LATERAL (SELECT to_json(o) AS appeal FROM (SELECT ${APPEAL} FROM trust.appeals a WHERE a.decision_id = d.id) o) a ON true
        WHERE d.user_id = $1 AND ($2::timestamptz IS NULL OR (d.decided_at, d.id) < ($2, $3::uuid))
        ORDER BY d.decided_at DESC, d.id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.decidedAt.toISOString(), row.id],
      ({ appeal, ...row }) => ({ ...row, appeal: appeal && { ...appeal, createdAt: new Date(appeal.createdAt), reviewedAt: appeal.reviewedAt && new Date(appeal.reviewedAt) } }),
    );
  }

  /** One appeal as its author sees it. */
  async appeal(id: string): Promise<AppealView> {
    const row = await this.database.row<AppealView>(`SELECT ${APPEAL} FROM trust.appeals a WHERE a.id = $1`, [id]);
    if (!row) throw new AppealNotFound();
    return row;
  }

  /** Appeals for staff, oldest first. */
  async appeals(query: AppealsQuery): Promise<Page<AdminAppealView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<AdminAppealView>(
      `${ADMIN_APPEAL} WHERE a.status = $2 AND ($3::timestamptz IS NULL OR (a.created_at, a.id) > ($3, $4::uuid))
        ORDER BY a.created_at, a.id LIMIT $5`,
      [this.clock.now(), query.status, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }

  /** One appeal for staff. */
  async adminAppeal(id: string): Promise<AdminAppealView> {
    return (await this.database.row<AdminAppealView>(`${ADMIN_APPEAL} WHERE a.id = $2`, [this.clock.now(), id]))!;
  }
}
