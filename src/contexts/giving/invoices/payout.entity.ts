import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Log. That an invoice was paid, by a transfer that pays no other one. Append-only; the money is in the ledger entry `payout:<invoice>`. */
@Entity({ schema: 'giving', name: 'payouts' })
@Index('ux_payouts_invoice', ['invoiceId'], { unique: true })
@Index('ux_payouts_reference', ['reference'], { unique: true })
export class Payout {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('ClinicInvoice') invoiceId: string;

  /** Of the transfer; shown in public. */
  @Column({ type: 'text' }) reference: string;

  /** Who recorded it; see `personOf`. */
  @Column({ type: 'text' }) paidBy: string;

  @TimeColumn() paidAt: Date;
}
