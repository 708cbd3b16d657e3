import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import type { CaseCommentView } from './case-comments.dto.js';

const VIEW = `
  SELECT m.id, m.case_id AS "caseId", m.parent_id AS "parentId", m.content, m.deleted_at IS NOT NULL AS deleted,
         CASE WHEN m.deleted_at IS NULL THEN json_build_object('id', u.id, 'name', u.name, 'avatar', u.avatar) END AS author, m.created_at AS "createdAt"
    FROM rescue.comments m JOIN identity.public_users u ON u.id = m.user_id`;

@Injectable()
export class CaseCommentsQueries {
  constructor(private readonly database: Database) {}

  /** Comments of one case, replies among them, newest first. */
  async page(caseId: string, query: PageQuery): Promise<Page<CaseCommentView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<CaseCommentView>(
      `${VIEW} WHERE m.case_id = $1 AND ($2::timestamptz IS NULL OR (m.created_at, m.id) < ($2, $3::uuid)) ORDER BY m.created_at DESC, m.id DESC LIMIT $4`,
      [caseId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }

  /** One comment as the public sees it. */
  async view(tx: Tx, id: string): Promise<CaseCommentView> {
    return (await tx.query<CaseCommentView>(`${VIEW} WHERE m.id = $1`, [id]))[0]!;
  }

  /** Counts what was added to or taken from a case. */
  async count(tx: Tx, caseId: string, by: 1 | -1): Promise<void> {
    await tx.query(`UPDATE rescue.cases SET comments_count = comments_count + $2 WHERE id = $1`, [caseId, by]);
  }

  /** Replaces everything that a person wrote, deleted before or not, and counts what was still there. */
  async forget(tx: Tx, userId: string, now: Date, placeholder: string): Promise<void> {
    await tx.query(`UPDATE rescue.comments SET evidence = NULL WHERE user_id = $1 AND evidence IS NOT NULL`, [userId]);
    await tx.query(
      `WITH gone AS (UPDATE rescue.comments SET content = $3, deleted_at = $2 WHERE user_id = $1 AND deleted_at IS NULL RETURNING case_id),
            per_case AS (SELECT case_id, count(*)::int AS comments FROM gone GROUP BY case_id)
       UPDATE rescue.cases c SET comments_count = c.comments_count - per_case.comments FROM per_case WHERE c.id = per_case.case_id`,
      [userId, now, placeholder],
    );
  }

  /** Forgets what comments said that were deleted before `until`; answers how many. */
  async purgeEvidence(until: Date): Promise<number> {
    return (await this.database.rows(`UPDATE rescue.comments SET evidence = NULL WHERE evidence IS NOT NULL AND deleted_at < $1 RETURNING id`, [until])).length;
  }
}
