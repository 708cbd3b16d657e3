import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import type { AccountKind, AccountOwnerType } from './ledger-account.entity.js';
import type { EntryKind } from './ledger-entry.entity.js';
import { fundOf, type FundOwner } from './ledger.reader.js';

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
  case_receivables: 'case',
  campaign_receivables: 'campaign',
  user_receivables: 'user',
  platform_costs: 'platform',
  bank: 'platform',
  currency_exchange: 'platform',
};

/** Where what a fund lacks is kept. */
const RECEIVABLES: Partial<Record<AccountKind, AccountKind>> = { case_funds: 'case_receivables', campaign_funds: 'campaign_receivables', user_funds: 'user_receivables' };

/** The only writer of the books. */
@Injectable()
export class LedgerFacade {
  constructor(private readonly clock: Clock) {}

  /**
   * Holds a fund against whoever else would pay out of it, until the caller commits. Take it before you lock the
   * case or campaign, as bookings do.
   * @returns what it holds, in minor units of `currency`
   */
  async lockFund(tx: Tx, owner: FundOwner, currency: string): Promise<number> {
    const [fund] = await tx.query<{ held: string }>(`SELECT held FROM giving.fund_balances WHERE owner_id = $1 AND currency = $2 FOR NO KEY UPDATE`, [fundOf(owner)[1], currency]);
    // What comes in while there is no balance to hold yet is not counted: nobody else would wait for us.
    return Number(fund?.held ?? 0);
  }

  /**
   * Books an entry in the caller's transaction. A fund that is debited below zero is left at zero and the rest
   * becomes its receivable; what is credited makes that good first. Holds the fund's balance until the commit, so
   * book before you lock the case or campaign.
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
    const postings = await this.heldAgainstFunds(tx, draft, now);
    await this.openAccounts(tx, draft.currency, postings, now);
    await tx.query(
      `INSERT INTO giving.ledger_postings (id, entry_id, account_id, amount, currency)
       SELECT p.id, $1, a.id, p.amount, a.currency
         FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bigint[]) AS p(id, kind, owner_id, currency, amount)
         JOIN giving.ledger_accounts a ON a.kind = p.kind AND a.currency = p.currency AND a.owner_id IS NOT DISTINCT FROM p.owner_id`,
      [
        id,
        postings.map(() => newId()),
        postings.map((posting) => posting.account),
        postings.map((posting) => posting.ownerId ?? null),
        postings.map((posting) => posting.currency ?? draft.currency),
        postings.map((posting) => posting.amount),
      ],
    );
    return id;
  }

  /** Each posting to a fund as what the fund and its receivable get of it. */
  private async heldAgainstFunds(tx: Tx, { currency, postings }: EntryDraft, now: Date): Promise<PostingDraft[]> {
    const inOrder = postings.toSorted((one, other) => (one.ownerId ?? '').localeCompare(other.ownerId ?? ''));
    const split: PostingDraft[] = [];
    for (const posting of inOrder) {
      const receivable = RECEIVABLES[posting.account];
      if (!receivable) {
        split.push(posting);
        continue;
      }
      const { account, ownerId, amount } = posting;
      const [after] = await tx.query<{ held: string; receivable: string }>(
        `INSERT INTO giving.fund_balances AS b (owner_id, currency, owner_type, held, receivable, updated_at)
         VALUES ($1, $2, $3, greatest(-$4::bigint, 0), greatest($4::bigint, 0), $5)
         ON CONFLICT (owner_id, currency) DO UPDATE
           SET held = greatest(b.held - b.receivable - $4::bigint, 0), receivable = greatest(b.receivable - b.held + $4::bigint, 0), updated_at = $5
         RETURNING held, receivable`,
        [ownerId, currency, OWNER_TYPES[account], amount, now],
      );
      const held = Number(after!.held);
      const lacking = Number(after!.receivable);
      const before = held - lacking + amount;
      split.push({ account, ownerId, amount: Math.max(before, 0) - held }, { account: receivable, ownerId, amount: lacking - Math.max(-before, 0) });
    }
    // A zero given by the caller stays, so that the database refuses it.
    return split.filter((posting) => posting.amount !== 0 || postings.includes(posting));
  }

  private async openAccounts(tx: Tx, currency: string, postings: PostingDraft[], now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO giving.ledger_accounts (id, kind, owner_type, owner_id, currency, created_at)
       SELECT id, kind, owner_type, owner_id, currency, $1 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[]) AS a(id, kind, owner_type, owner_id, currency)
        ORDER BY kind, owner_id, currency
       ON CONFLICT DO NOTHING`,
      [
        now,
        postings.map(() => newId()),
        postings.map((posting) => posting.account),
        postings.map((posting) => OWNER_TYPES[posting.account]),
        postings.map((posting) => posting.ownerId ?? null),
        postings.map((posting) => posting.currency ?? currency),
      ],
    );
  }
}
