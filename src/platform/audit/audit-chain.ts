import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** What a check of the chain found (api.md, `GET /v1/admin/audit-logs/verification`). */
export interface ChainVerification {
  ok: boolean;
  /** Rows looked at. */
  checked: number;
  headSeq: number;
  headHash: string;
  /** First row whose place, link or content is wrong; null when all is well. */
  firstBadSeq: number | null;
}

interface ChainFacts {
  checked: string;
  last_seq: string | null;
  first_bad: string | null;
  head_seq: string;
  head_hash: string;
  last_hash: string | null;
}

/** The check of the audit log's hash chain, for the running application. */
@Injectable()
export class AuditChain {
  constructor(private readonly database: Database) {}

  verify(): Promise<ChainVerification> {
    return verifyChain((sql) => this.database.rows<ChainFacts>(sql));
  }
}

/**
 * Checks the hash chain of the audit log in one pass in Postgres: no gap in `seq`, every `prev_hash` is the
 * hash before, every hash is that of its row, and the head kept aside is the last row (so that a cut tail shows).
 */
export async function verifyChain(query: (sql: string) => Promise<ChainFacts[]>): Promise<ChainVerification> {
  const [row] = await query(`
     WITH rows AS (
       SELECT seq, prev_hash, hash,
              row_number() OVER w AS place,
              coalesce(lag(hash) OVER w, repeat('0', 64)) AS expected_prev,
              platform.audit_row_hash(a) AS expected_hash
         FROM platform.audit_logs a
       WINDOW w AS (ORDER BY seq)
     )
     SELECT count(rows.seq) AS checked, max(rows.seq) AS last_seq,
            min(rows.place) FILTER (WHERE rows.seq <> rows.place OR rows.prev_hash <> rows.expected_prev OR rows.hash <> rows.expected_hash) AS first_bad,
            (SELECT l.hash FROM platform.audit_logs l ORDER BY l.seq DESC LIMIT 1) AS last_hash,
            h.seq AS head_seq, h.hash AS head_hash
       FROM platform.audit_chain_head h LEFT JOIN rows ON true GROUP BY h.seq, h.hash`);
  if (!row) return { ok: false, checked: 0, headSeq: 0, headHash: '', firstBadSeq: 1 };
  const headSeq = Number(row.head_seq);
  const lastSeq = Number(row.last_seq ?? 0);
  let firstBad = row.first_bad === null ? null : Number(row.first_bad);
  if (firstBad === null && lastSeq !== headSeq) firstBad = Math.min(lastSeq, headSeq) + 1;
  if (firstBad === null && headSeq > 0 && row.last_hash !== row.head_hash) firstBad = headSeq;
  return { ok: firstBad === null, checked: Number(row.checked), headSeq, headHash: row.head_hash, firstBadSeq: firstBad };
}
