import pg from 'pg';
import { verifyLedger } from './ledger.verification.js';

/**
 * The command `ledger:verify`: prints what it found, one line a difference.
 * @param print takes each line of the report
 * @returns the exit code: 0 when the books and every cached total agree, else 1
 */
export async function runLedgerVerification(databaseUrl: string, print: (line: string) => void): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'pawtreon-ledger-verify' });
  await client.connect();
  try {
    // One snapshot, so that a donation confirmed meanwhile does not look like a difference.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { ok, entries, differences } = await verifyLedger(async (sql) => (await client.query(sql)).rows);
    await client.query('COMMIT');
    for (const { check, subject, currency, expected, found } of differences) print(`${check}: ${subject} books ${expected} ${currency ?? ''}, found ${found}`);
    print(ok ? `The books balance: ${entries} entries, every total agrees` : `${differences.length} differences in ${entries} entries`);
    return ok ? 0 : 1;
  } finally {
    await client.end();
  }
}
