import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { AccountKind } from './ledger-account.entity.js';
import type { EntryKind } from './ledger-entry.entity.js';

/** A posting with the entry that it belongs to. */
export interface PostingRow {
  entryId: string;
  occurredAt: Date;
  kind: EntryKind;
  account: AccountKind;
  caseId: string | null;
  campaignId: string | null;
  donationId: string | null;
  currency: string;
  /** Minor units; debit positive. */
  amount: number;
  reference: string | null;
  description: string;
  source: string | null;
}

const ENTRIES_A_PAGE = 500;
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

const ENTRY = 'id, occurred_at, kind, case_id, campaign_id, donation_id, reference, description, source';
/** The postings of the entries called `page`, oldest first, debits before credits. */
const WITH_POSTINGS = `
  SELECT e.id AS "entryId", e.occurred_at AS "occurredAt", e.kind, a.kind AS account, e.case_id AS "caseId", e.campaign_id AS "campaignId",
         e.donation_id AS "donationId", p.currency, p.amount::float8 AS amount, e.reference, e.description, e.source
    FROM page e
    JOIN giving.ledger_postings p ON p.entry_id = e.id
    JOIN giving.ledger_accounts a ON a.id = p.account_id
   ORDER BY e.occurred_at, e.id, p.amount DESC, p.id`;

/** Reads of the books beyond a statement. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly database: Database) {}

  /** The postings that a donation led to, oldest first. */
  ofDonation(donationId: string): Promise<PostingRow[]> {
    return this.database.rows<PostingRow>(
      `WITH page AS (SELECT ${ENTRY} FROM giving.ledger_entries WHERE donation_id = $1) ${WITH_POSTINGS}`,
      [donationId],
    );
  }

  /** All postings from one time up to another, oldest first, page by page: a slow reader holds no connection. */
  async *postings(from: Date, to: Date, caseId: string | null): AsyncGenerator<PostingRow[]> {
    let after = { occurredAt: from, entryId: BEFORE_ALL_IDS };
    for (;;) {
      const page: PostingRow[] = await this.database.rows<PostingRow>(
        `WITH page AS (
           SELECT ${ENTRY} FROM giving.ledger_entries
            WHERE (occurred_at, id) > ($1, $2) AND occurred_at < $3 ${caseId ? 'AND case_id = $4' : ''}
            ORDER BY occurred_at, id LIMIT ${ENTRIES_A_PAGE})
         ${WITH_POSTINGS}`,
        [after.occurredAt, after.entryId, to, ...(caseId ? [caseId] : [])],
      );
      if (page.length === 0) return;
      after = page.at(-1)!;
      yield page;
    }
  }
}
