/** Something in the books that should not be. */
export interface LedgerDifference {
  /** Which rule is broken. */
  check: string;
  /** Id of the row that breaks it. */
  subject: string;
  currency: string | null;
  /** What the books say, in minor units. */
  expected: number | null;
  /** What stands elsewhere, in minor units. */
  found: number | null;
}

/** What a check of the books found. */
export interface LedgerVerification {
  ok: boolean;
  /** Entries looked at. */
  entries: number;
  /** At most 1,000 of each check. */
  differences: LedgerDifference[];
}

/** Runs SQL and answers its rows. */
export type RunSql = <R>(sql: string) => Promise<R[]>;

/** What each fund was given and did not have to give back: what the totals shown of it are caches of. */
const FUNDED = `
  SELECT a.owner_id, a.kind, a.currency, coalesce(-sum(p.amount) FILTER (WHERE e.kind IN ('donation', 'refund', 'dispute')), 0) AS amount
    FROM giving.ledger_accounts a
    JOIN giving.ledger_postings p ON p.account_id = a.id
    JOIN giving.ledger_entries e ON e.id = p.entry_id
   WHERE a.owner_id IS NOT NULL
   GROUP BY a.owner_id, a.kind, a.currency`;

const CHECKS: Record<string, string> = {
  'entry balances': `
    SELECT e.id AS subject, p.currency, 0 AS expected, coalesce(sum(p.amount), 0) AS found
      FROM giving.ledger_entries e LEFT JOIN giving.ledger_postings p ON p.entry_id = e.id
     GROUP BY e.id, p.currency HAVING coalesce(sum(p.amount), 1) <> 0`,

  'case total equals the books': `
    SELECT c.case_id AS subject, c.currency, coalesce(f.amount, 0) AS expected, c.current AS found
      FROM rescue.case_funding c
      LEFT JOIN (${FUNDED}) f ON f.kind = 'case_funds' AND f.owner_id = c.case_id AND f.currency = c.currency
     WHERE c.current <> coalesce(f.amount, 0)`,

  'campaign total equals the books': `
    SELECT c.id AS subject, c.unit AS currency, coalesce(f.amount, 0) AS expected, c.current AS found
      FROM giving.campaigns c
      LEFT JOIN (${FUNDED}) f ON f.kind = 'campaign_funds' AND f.owner_id = c.id AND f.currency = c.unit
     WHERE c.unit ~ '^[A-Z]{3}$' AND c.current <> coalesce(f.amount, 0)`,

  'donation equals its entry': `
    SELECT d.id AS subject, d.currency, b.amount AS expected, d.amount AS found
      FROM giving.donations d
      LEFT JOIN (SELECT e.donation_id, p.currency, p.amount
                   FROM giving.ledger_entries e
                   JOIN giving.ledger_postings p ON p.entry_id = e.id
                   JOIN giving.ledger_accounts a ON a.id = p.account_id AND a.kind = 'stripe_balance'
                  WHERE e.kind = 'donation') b ON b.donation_id = d.id
     WHERE CASE WHEN d.status IN ('completed', 'refunded') THEN d.amount IS DISTINCT FROM b.amount OR d.currency IS DISTINCT FROM b.currency
                ELSE b.donation_id IS NOT NULL END`,

  'settlement equals its exchange': `
    SELECT d.id AS subject, d.settled_currency AS currency, p.amount AS expected, d.settled_amount AS found
      FROM giving.donations d
      LEFT JOIN giving.ledger_entries e ON e.key = 'exchange:' || d.id
      LEFT JOIN (giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id AND a.kind = 'stripe_balance')
             ON p.entry_id = e.id AND p.currency = d.settled_currency
     WHERE d.settled_currency <> d.currency AND p.amount IS DISTINCT FROM d.settled_amount`,
};

/** Compares every cached total with the books, and the books with themselves (decision 2). */
export async function verifyLedger(run: RunSql): Promise<LedgerVerification> {
  const [counted] = await run<{ entries: string }>(`SELECT count(*) AS entries FROM giving.ledger_entries`);
  const differences: LedgerDifference[] = [];
  for (const [check, sql] of Object.entries(CHECKS)) {
    const rows = await run<{ subject: string; currency: string | null; expected: string | null; found: string | null }>(`${sql} LIMIT 1000`);
    differences.push(...rows.map((row) => ({ check, subject: row.subject, currency: row.currency, expected: numberOf(row.expected), found: numberOf(row.found) })));
  }
  return { ok: differences.length === 0, entries: Number(counted?.entries ?? 0), differences };
}

const numberOf = (value: string | null): number | null => (value === null ? null : Number(value));
