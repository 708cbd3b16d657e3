import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** `bank_transfer` moves money between the provider and our bank and touches no fund. */
export const ENTRY_KINDS = ['donation', 'processor_fee', 'platform_fee', 'refund', 'dispute', 'payout', 'dispute_fee', 'bank_transfer', 'exchange'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * Log. One movement of money and its postings, which sum to zero per currency (decision 2). Never changed
 * or deleted: a correction is a new entry. The database holds both rules.
 */
@Entity({ schema: 'giving', name: 'ledger_entries' })
@Index('ux_ledger_entries_key', ['key'], { unique: true })
@Index('ix_ledger_entries_occurred', ['occurredAt', 'id'])
@Index('ix_ledger_entries_case', ['caseId', 'occurredAt', 'id'])
@Index('ix_ledger_entries_campaign', ['campaignId', 'occurredAt', 'id'])
@Index('ix_ledger_entries_donation', ['donationId'])
export class LedgerEntry {
  @IdColumn() id: string;

  /** What is booked, such as `donation:<id>`: the same thing is never booked twice. */
  @Column({ type: 'text' }) key: string;

  @ClosedSetColumn('ledger_entries', ENTRY_KINDS) kind: EntryKind;

  @RefColumn({ nullable: true }) @ForeignKey('Donation') donationId: string | null;

  @RefColumn({ nullable: true }) @ForeignKey('Case') caseId: string | null;

  @RefColumn({ nullable: true }) @ForeignKey('Campaign') campaignId: string | null;

  @TimeColumn() occurredAt: Date;

  /** Shown in public beside the entry, such as a receipt number. Never tells who gave. */
  @Column({ type: 'text', nullable: true }) reference: string | null;

  @Column({ type: 'text' }) description: string;

  /** The provider's object that proves it, such as `txn_...`. */
  @Column({ type: 'text', nullable: true }) source: string | null;
}
