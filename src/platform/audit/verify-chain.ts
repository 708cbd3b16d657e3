/** A place in the chain. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** What a check of the chain found (api.md, `GET /v1/admin/audit-logs/verification`). */
export interface ChainVerification {
  ok: boolean;
  /** Rows looked at; the check ends with the first bad one. */
  checked: number;
  headSeq: number;
  headHash: string;
  /** First row whose place, link or content is wrong; null when all is well. */
  firstBadSeq: number | null;
}

type Query = <R>(sql: string, values: unknown[]) => Promise<R[]>;

/** Rows of one statement: each takes some tenths of a second, holds little memory, and no snapshot grows old. */
const BATCH = 20_000;

/** $1 last row checked, $2 last row to check, $3 hash of row $1. */
const CHECK = `
  WITH batch AS (
    SELECT seq, prev_hash, hash, $1::bigint + row_number() OVER chain AS place,
           coalesce(lag(hash) OVER chain, $3) AS expected_prev, platform.audit_row_hash(a) AS expected_hash
      FROM platform.audit_logs a WHERE seq > $1::bigint AND seq <= $2::bigint WINDOW chain AS (ORDER BY seq)
  )
  SELECT count(*)::float8 AS rows, (array_agg(hash ORDER BY seq DESC))[1] AS "lastHash",
         (min(place) FILTER (WHERE seq <> place OR prev_hash <> expected_prev OR hash <> expected_hash))::float8 AS "firstBad"
    FROM batch`;

/** In one statement, so that what is written meanwhile does not look like a fault. */
const ENDS = `
  SELECT h.seq::float8 AS seq, h.hash, (SELECT min(seq) FROM platform.audit_logs)::float8 AS first, (SELECT max(seq) FROM platform.audit_logs)::float8 AS last
    FROM platform.audit_chain_head h`;

interface Ends extends ChainHead {
  first: number | null;
  last: number | null;
}

/**
 * Checks the hash chain of the audit log: no gap in `seq`, every `prev_hash` is the hash before, every hash is
 * that of its row, the head kept aside is the last row (so that a cut tail shows), and the rows that were
 * written down elsewhere are what they were (so that a chain rewritten as a whole shows).
 * @param anchors heads noted on earlier days
 */
export async function verifyChain(query: Query, anchors: ChainHead[] = []): Promise<ChainVerification> {
  const [head] = await query<Ends>(ENDS, []);
  if (!head) return { ok: false, checked: 0, headSeq: 0, headHash: '', firstBadSeq: 1 };
  const { checked, firstBad } = await checkRows(query, head);
  const firstBadSeq = [firstBad, badEnd(head), await badAnchor(query, anchors)].reduce<number | null>(
    (first, seq) => (seq === null || (first !== null && first < seq) ? first : seq),
    null,
  );
  return { ok: firstBadSeq === null, checked, headSeq: head.seq, headHash: head.hash, firstBadSeq };
}

async function checkRows(query: Query, head: ChainHead): Promise<{ checked: number; firstBad: number | null }> {
  let last: ChainHead = { seq: 0, hash: '0'.repeat(64) };
  let checked = 0;
  while (last.seq < head.seq) {
    const end = Math.min(last.seq + BATCH, head.seq);
    const [batch] = await query<{ rows: number; lastHash: string | null; firstBad: number | null }>(CHECK, [last.seq, end, last.hash]);
    const { rows, lastHash, firstBad } = batch!;
    checked += rows;
    if (firstBad !== null || last.seq + rows < end) return { checked, firstBad: firstBad ?? last.seq + rows + 1 };
    last = { seq: end, hash: lastHash! };
  }
  return { checked, firstBad: last.hash === head.hash ? null : head.seq };
}

/** Rows before the first or after the head. */
function badEnd({ seq, first, last }: Ends): number | null {
  if (first !== null && first < 1) return first;
  return last !== null && last > seq ? seq + 1 : null;
}

/** The first row that is not what somebody wrote down when it was the head. */
async function badAnchor(query: Query, anchors: ChainHead[]): Promise<number | null> {
  const [row] = await query<{ seq: number | null }>(
    `SELECT min(a.seq)::float8 AS seq
       FROM unnest($1::bigint[], $2::text[]) AS a(seq, hash) LEFT JOIN platform.audit_logs l ON l.seq = a.seq
      WHERE l.hash IS DISTINCT FROM a.hash`,
    [anchors.map(({ seq }) => seq), anchors.map(({ hash }) => hash)],
  );
  return row?.seq ?? null;
}
