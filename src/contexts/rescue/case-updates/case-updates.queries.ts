import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import type { CaseUpdateView } from '../cases/index.js';

/** An entry in the shape that `rescue.case_update_json` gives it, the same as inside the case. */
interface Row {
  view: CaseUpdateView;
  date: Date;
}

@Injectable()
export class CaseUpdatesQueries {
  constructor(private readonly database: Database) {}

  /** The evidence trail of one case, oldest first. */
  async page(caseId: string, query: PageQuery): Promise<Page<CaseUpdateView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT rescue.case_update_json(u) AS view, u.date FROM rescue.case_updates u
        WHERE u.case_id = $1 AND ($2::timestamptz IS NULL OR (u.date, u.id) > ($2, $3::uuid))
        ORDER BY u.date, u.id LIMIT $4`,
      [caseId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.date.toISOString(), row.view.id], (row) => row.view);
  }

  /** One entry as the public sees it. */
  async view(tx: Tx, id: string): Promise<CaseUpdateView> {
    const [row] = await tx.query<Row>(`SELECT rescue.case_update_json(u) AS view, u.date FROM rescue.case_updates u WHERE u.id = $1`, [id]);
    return row!.view;
  }
}
