import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import type { CaseRiskPoint } from './case-risk-point.entity.js';
import type { CaseRiskPointView } from './case-risk.dto.js';
import type { DuplicateMatch } from './duplicate-images.service.js';

/** One picture that another case has already, and that case as staff know it. */
export interface ShownMatch extends DuplicateMatch {
  otherTitle: string;
  /** When the rule saw it. */
  seenAt: Date;
}

/** Reads of what raised the risk of cases, for staff. */
@Injectable()
export class CaseRiskQueries {
  constructor(private readonly database: Database) {}

  /** The risk points of a case, oldest first. */
  async page(caseId: string, query: PageQuery): Promise<Page<CaseRiskPointView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<CaseRiskPoint>(
      `SELECT id, rule, level, flags, evidence, created_at AS "createdAt", settled_at AS "settledAt" FROM rescue.case_risk_points
        WHERE case_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
        ORDER BY created_at, id LIMIT $4`,
      [caseId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }

  /** The pictures of a case that other cases have already, newest finding first. */
  duplicates(caseId: string): Promise<ShownMatch[]> {
    return this.database.rows<ShownMatch>(
      `SELECT m.match->>'fileId' AS "fileId", m.match->>'otherFileId' AS "otherFileId", m.match->>'otherCaseId' AS "otherCaseId", m.match->>'kind' AS kind,
              (m.match->'phashDistance')::int AS "phashDistance", (m.match->'dhashDistance')::int AS "dhashDistance", c.title AS "otherTitle", p.created_at AS "seenAt"
         FROM rescue.case_risk_points p
        CROSS JOIN jsonb_array_elements(p.evidence->'matches') WITH ORDINALITY AS m(match, place)
         JOIN rescue.cases c ON c.id = (m.match->>'otherCaseId')::uuid
        WHERE p.case_id = $1 AND p.rule = 'duplicate_images'
        ORDER BY p.created_at DESC, p.id, m.place LIMIT 50`,
      [caseId],
    );
  }
}
