import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, toPage } from '../../../platform/http/keyset.js';
import type { LedgerItem, LedgerQuery, LedgerStatement, LedgerTotals } from './ledger.dto.js';
import type { EntryKind } from './ledger-entry.entity.js';

/** The funds a statement is about. */
export type FundOwner = { case: string } | { campaign: string };

/** The accounts and the column of the entries that belong to each kind of owner. */
const FUNDS = {
  case: { accounts: ['case_funds', 'case_receivables'], column: 'case_id' },
  campaign: { accounts: ['campaign_funds', 'campaign_receivables'], column: 'campaign_id' },
} as const;

type Fund = (typeof FUNDS)[keyof typeof FUNDS];

/** Runs the question about totals, inside a transaction or not. */
type Run = (sql: string, parameters: unknown[]) => Promise<{ kind: EntryKind; amount: string }[]>;

/** Which of the books an owner's fund is in, and the owner's id. */
export const fundOf = (owner: FundOwner): [Fund, string] => ('case' in owner ? [FUNDS.case, owner.case] : [FUNDS.campaign, owner.campaign]);

interface ItemRow {
  id: string;
  occurred_at: Date;
  kind: EntryKind;
  amount: string;
  currency: string;
  reference: string | null;
}

/** Questions others may ask the books. */
@Injectable()
export class LedgerReader {
  constructor(private readonly database: Database) {}

  /** What a fund holds, in minor units of `currency`, as the caller's transaction sees it. */
  async held(tx: Tx, owner: FundOwner, currency: string): Promise<number> {
    const [fund, id] = fundOf(owner);
    return (await this.totals((sql, parameters) => tx.query(sql, parameters), fund, id, currency)).held;
  }

  /**
   * The public statement of a case or campaign: a credit to its funds shows as a positive amount.
   * @param currency the one that the owner counts in
   * @throws CursorInvalid
   */
  async statement(owner: FundOwner, currency: string, query: LedgerQuery): Promise<LedgerStatement> {
    const [fund, id] = fundOf(owner);
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const [totals, rows] = await Promise.all([
      this.totals((sql, parameters) => this.database.rows(sql, parameters), fund, id, currency),
      this.database.rows<ItemRow>(
        `SELECT e.id, e.occurred_at, e.kind, f.amount, $3 AS currency, e.reference
           FROM giving.ledger_entries e
           JOIN LATERAL (SELECT -sum(p.amount) AS amount FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id
                          WHERE p.entry_id = e.id AND a.kind = ANY($2) AND a.owner_id = $1 AND a.currency = $3) f ON f.amount IS NOT NULL
          WHERE e.${fund.column} = $1 AND ($4::timestamptz IS NULL OR (e.occurred_at, e.id) < ($4, $5::uuid))
          ORDER BY e.occurred_at DESC, e.id DESC LIMIT $6`,
        [id, fund.accounts, currency, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
      ),
    ]);
    return { currency, totals, ...toPage(rows, query.limit, (row) => [row.occurred_at.toISOString(), row.id], item) };
  }

  private async totals(run: Run, fund: Fund, id: string, currency: string): Promise<LedgerTotals> {
    const rows = await run(
      `SELECT e.kind, -sum(p.amount) AS amount
         FROM giving.ledger_accounts a
         JOIN giving.ledger_postings p ON p.account_id = a.id
         JOIN giving.ledger_entries e ON e.id = p.entry_id
        WHERE a.kind = ANY($2) AND a.owner_id = $1 AND a.currency = $3
        GROUP BY e.kind`,
      [id, fund.accounts, currency],
    );
    const effect = (kind: EntryKind): number => Number(rows.find((row) => row.kind === kind)?.amount ?? 0);
    const spent = (kind: EntryKind): number => 0 - effect(kind);
    const net = rows.reduce((sum, row) => sum + Number(row.amount), 0);
    return {
      raised: effect('donation'),
      refunded: spent('refund'),
      disputed: spent('dispute'),
      processorFees: spent('processor_fee') + spent('dispute_fee'),
      platformFees: spent('platform_fee'),
      paidOut: spent('payout'),
      held: Math.max(net, 0),
      receivable: Math.max(0 - net, 0),
    };
  }
}

const item = (row: ItemRow): LedgerItem => ({
  id: row.id,
  at: row.occurred_at.toISOString(),
  kind: row.kind,
  amount: Number(row.amount),
  currency: row.currency,
  reference: row.reference,
});
