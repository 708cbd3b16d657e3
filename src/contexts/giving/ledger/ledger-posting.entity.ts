import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, MoneyColumn, RefColumn } from '../../../platform/database/columns.js';

/** Child. What an entry does to one account. Debit positive, credit negative. Append-only. */
@Entity({ schema: 'giving', name: 'ledger_postings' })
@Index('ux_ledger_postings_entry_account', ['entryId', 'accountId'], { unique: true })
@Index('ix_ledger_postings_account', ['accountId'])
@ForeignKey('LedgerAccount', ['accountId', 'currency'], ['id', 'currency'])
@Check('ck_ledger_postings_amount', 'amount <> 0')
export class LedgerPosting {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('LedgerEntry') entryId: string;

  @RefColumn() accountId: string;

  /** Minor units of `currency`, never zero. */
  @MoneyColumn() amount: number;

  /** ISO 4217, that of the account. */
  @Column({ type: 'text' }) currency: string;
}
