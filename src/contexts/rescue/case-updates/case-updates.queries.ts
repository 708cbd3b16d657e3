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

  /** Marks what an owner had attested for a clinic until then as revoked; answers the entries as the public sees them now. */
  async revokeAttestations(tx: Tx, clinicId: string, ownerId: string, revokedAt: Date): Promise<CaseUpdateView[]> {
    await tx.query(`UPDATE rescue.case_update_attestations SET revoked_at = $3 WHERE clinic_id = $1 AND owner_id = $2 AND revoked_at IS NULL AND attested_at <= $3`, [
      clinicId,
      ownerId,
      revokedAt,
    ]);
    const rows = await tx.query<Row>(
      `SELECT rescue.case_update_json(u) AS view, u.date FROM rescue.case_updates u JOIN rescue.case_update_attestations a ON a.update_id = u.id
        WHERE a.clinic_id = $1 AND a.owner_id = $2 AND a.revoked_at = $3`,
      [clinicId, ownerId, revokedAt],
    );
    return rows.map(({ view }) => view);
  }

  /** One entry as the public sees it. */
  async view(tx: Tx, id: string): Promise<CaseUpdateView> {
    const [row] = await tx.query<Row>(`SELECT rescue.case_update_json(u) AS view, u.date FROM rescue.case_updates u WHERE u.id = $1`, [id]);
    return row!.view;
  }
}
