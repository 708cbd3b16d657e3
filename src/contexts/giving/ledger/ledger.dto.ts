import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { DayOrTime } from '../../../platform/http/timestamp.js';
import { ENTRY_KINDS, type EntryKind } from './ledger-entry.entity.js';

/** Which page of the entries. */
export class LedgerQuery extends PageQuery {}

/** Which part of the books. */
export class LedgerExportQuery {
  /** Entries from this time on; a day is its beginning by UTC. @example 2026-01-01 */
  @IsOptional()
  @DayOrTime()
  from?: Date;

  /** Entries before this time; a day is its beginning by UTC. Now unless given. @example 2026-02-01 */
  @IsOptional()
  @DayOrTime()
  to?: Date;

  /** Entries of this case only. */
  @IsOptional()
  @IsUUID()
  caseId?: string;
}

/** Sums over every entry, in minor units. */
export class LedgerTotals {
  /**
   * Everything that was donated.
   * @example 125000
   */
  raised: number;

  /**
   * Given back to donors.
   * @example 2500
   */
  refunded: number;

  /**
   * Taken back or held by banks in disputes.
   * @example 0
   */
  disputed: number;

  /**
   * What the payment provider kept.
   * @example 2050
   */
  processorFees: number;

  /**
   * What the platform kept.
   * @example 6250
   */
  platformFees: number;

  /**
   * Paid out against invoices.
   * @example 80000
   */
  paidOut: number;

  /**
   * What is there to pay out: raised less everything else, never below zero.
   * @example 34200
   */
  held: number;

  /**
   * What is lacking because money went back after it had been paid out; the next donations make it good.
   * @example 0
   */
  receivable: number;
}

/** One movement of money. It never tells who gave. */
export class LedgerItem {
  id: string;

  /** When it was booked. */
  at: string;

  /** What it was. */
  @ApiProperty({ enum: ENTRY_KINDS })
  kind: EntryKind;

  /**
   * Minor units by their effect: donations are positive; fees, refunds, disputes and payouts negative, what comes back of them positive.
   * @example -500
   */
  amount: number;

  /**
   * ISO 4217.
   * @example "EUR"
   */
  currency: string;

  /**
   * Receipt number of the donation that it belongs to, or the reference of a payout.
   * @example "PT-7K2M9QXA"
   */
  reference: string | null;
}

/** Where the money came from and went, newest first. */
export class LedgerStatement {
  /**
   * ISO 4217, the currency of every amount.
   * @example "EUR"
   */
  currency: string;

  /** Sums over every entry, not only those of this page. */
  totals: LedgerTotals;

  items: LedgerItem[];

  nextCursor: string | null;
}
