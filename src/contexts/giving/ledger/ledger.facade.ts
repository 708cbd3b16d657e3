import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import type { AccountKind, AccountOwnerType } from './ledger-account.entity.js';
import type { EntryKind } from './ledger-entry.entity.js';
import { fundOf, type FundOwner, LedgerReader } from './ledger.reader.js';

/** One side of an entry. */
export interface PostingDraft {
  account: AccountKind;
  /** The case, campaign or person that owns the account; absent for the platform's own. */
  ownerId?: string;
  /** Minor units; debit positive, credit negative. */
  amount: number;
  /** ISO 4217; that of the entry unless given. */
  currency?: string;
}

export interface EntryDraft {
  /** What is booked, such as `donation:<id>`; a key is booked once. */
  key: string;
  kind: EntryKind;
  /** ISO 4217. */
  currency: string;
  /** At least two, summing to zero in each currency. */
  postings: PostingDraft[];
  description: string;
  donationId?: string;
  caseId?: string | null;
  campaignId?: string | null;
  /** Public; tells nothing about the donor. */
  reference?: string | null;
  /** The provider's object that proves it. */
  source?: string | null;
}

const OWNER_TYPES: Record<AccountKind, AccountOwnerType> = {
  stripe_balance: 'platform',
  case_funds: 'case',
  campaign_funds: 'campaign',
  user_funds: 'user',
  platform_revenue: 'platform',
  unallocated: 'platform',
  currency_exchange: 'platform',
};

/** The only writer of the books. */
@Injectable()
export class LedgerFacade {
  constructor(
    private readonly clock: Clock,
    private readonly reader: LedgerReader,
  ) {}

  /**
   * Holds a fund against whoever else would pay out of it, until the caller commits. Take it before you lock the
   * case or campaign, as bookings do.
   * @returns what it holds, in minor units of `currency`
   */
  async lockFund(tx: Tx, owner: FundOwner, currency: string): Promise<number> {
    const [{ account }, id] = fundOf(owner);
    const locked = await tx.query(`SELECT 1 FROM giving.ledger_accounts WHERE kind = $1 AND owner_id = $2 AND currency = $3 FOR NO KEY UPDATE`, [account, id, currency]);
    // What comes in while there is no account to hold yet is not counted: nobody else would wait for us.
    return locked.length > 0 ? this.reader.held(tx, owner, currency) : 0;
  }

  /**
   * Books an entry in the caller's transaction.
   * @returns the id of the entry, or null when its key was booked before and nothing was done
   * @throws at the commit when the postings do not sum to zero
   */
  async book(tx: Tx, draft: EntryDraft): Promise<string | null> {
    const id = newId();
    const now = this.clock.now();
    const fresh = await tx.query(
      `INSERT INTO giving.ledger_entries (id, key, kind, donation_id, case_id, campaign_id, occurred_at, reference, description, source)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING RETURNING id`,
      [id, draft.key, draft.kind, draft.donationId, draft.caseId, draft.campaignId, now, draft.reference, draft.description, draft.source],
    );
    if (fresh.length === 0) return null;
    await this.openAccounts(tx, draft, now);
    await tx.query(
      `INSERT INTO giving.ledger_postings (id, entry_id, account_id, amount, currency)
       SELECT p.id, $1, a.id, p.amount, a.currency
         FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bigint[]) AS p(id, kind, owner_id, currency, amount)
         JOIN giving.ledger_accounts a ON a.kind = p.kind AND a.currency = p.currency AND a.owner_id IS NOT DISTINCT FROM p.owner_id`,
      [
        id,
        draft.postings.map(() => newId()),
        draft.postings.map((posting) => posting.account),
        draft.postings.map((posting) => posting.ownerId ?? null),
        draft.postings.map((posting) => posting.currency ?? draft.currency),
        draft.postings.map((posting) => posting.amount),
      ],
    );
    return id;
  }

  private async openAccounts(tx: Tx, draft: EntryDraft, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO giving.ledger_accounts (id, kind, owner_type, owner_id, currency, created_at)
       SELECT id, kind, owner_type, owner_id, currency, $1 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[]) AS a(id, kind, owner_type, owner_id, currency)
        ORDER BY kind, owner_id, currency
       ON CONFLICT DO NOTHING`,
      [
        now,
        draft.postings.map(() => newId()),
        draft.postings.map((posting) => posting.account),
        draft.postings.map((posting) => OWNER_TYPES[posting.account]),
        draft.postings.map((posting) => posting.ownerId ?? null),
        draft.postings.map((posting) => posting.currency ?? draft.currency),
      ],
    );
  }
}
