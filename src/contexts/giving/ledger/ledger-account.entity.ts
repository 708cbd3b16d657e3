import { Check, Column, Entity, Index, Unique } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/**
 * What the books tell apart. Amounts are signed: a debit is positive, a credit negative.
 *
 * - `stripe_balance` (asset): what the payment provider holds for us; grows by debit.
 * - `case_funds`, `campaign_funds` (liability): what is owed to a case or campaign; grows by credit.
 * - `user_funds` (liability): what is owed to a person whom others support; grows by credit.
 * - `case_receivables`, `campaign_receivables`, `user_receivables` (asset): what a fund lacks after money went back that it
 *   had paid out already; grows by debit, and what comes in next makes it good first.
 * - `platform_revenue` (income): the platform's own share; grows by credit.
 * - `unallocated` (suspense): money received that could not be given to its target yet; grows by credit.
 * - `platform_costs` (expense): fees and losses that the platform bears itself; grows by debit.
 * - `currency_exchange` (clearing): what one currency gave and another got where the provider settles in its own; one
 *   account a currency, and each entry over it balances in both.
 * - `bank` (asset): what the payment provider has paid out to our own bank account; grows by debit.
 */
export const ACCOUNT_KINDS = [
  'stripe_balance',
  'case_funds',
  'campaign_funds',
  'user_funds',
  'platform_revenue',
  'unallocated',
  'case_receivables',
  'campaign_receivables',
  'user_receivables',
  'platform_costs',
  'bank',
  'currency_exchange',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const ACCOUNT_OWNER_TYPES = ['platform', 'case', 'campaign', 'user'] as const;
export type AccountOwnerType = (typeof ACCOUNT_OWNER_TYPES)[number];

/** Child. One account a kind, owner and currency, opened at its first posting (decision 2). Append-only. */
@Entity({ schema: 'giving', name: 'ledger_accounts' })
@Index('ux_ledger_accounts_owned', ['kind', 'ownerId', 'currency'], { unique: true, where: 'owner_id IS NOT NULL' })
@Index('ux_ledger_accounts_platform', ['kind', 'currency'], { unique: true, where: 'owner_id IS NULL' })
@Unique('ux_ledger_accounts_id_currency', ['id', 'currency'])
@Check('ck_ledger_accounts_owner', `(owner_type = 'platform') = (owner_id IS NULL)`)
export class LedgerAccount {
  @IdColumn() id: string;

  @ClosedSetColumn('ledger_accounts', ACCOUNT_KINDS) kind: AccountKind;

  @ClosedSetColumn('ledger_accounts', ACCOUNT_OWNER_TYPES) ownerType: AccountOwnerType;

  /** The case, campaign or person; null for the platform's own accounts. */
  @RefColumn({ nullable: true }) ownerId: string | null;

  /** ISO 4217. An account holds one currency. */
  @Column({ type: 'text' }) currency: string;

  @TimeColumn() createdAt: Date;
}
