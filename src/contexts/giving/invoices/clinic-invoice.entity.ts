import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** `approved`: two people have, and its amount is reserved in the fund of its case until it is paid or rejected. */
export const INVOICE_STATUSES = ['pending', 'approved', 'paid', 'rejected'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** Aggregate root. What a clinic asks for treating the animal of a case; the money of a case leaves it only so. */
@Entity({ schema: 'giving', name: 'clinic_invoices' })
@Index('ux_clinic_invoices_file', ['fileId'], { unique: true })
@Index('ix_clinic_invoices_case', ['caseId', 'createdAt', 'id'])
@Index('ix_clinic_invoices_status', ['status', 'createdAt', 'id'])
@Check('ck_clinic_invoices_amount', `"amount" BETWEEN 1 AND 100000000`)
@Check('ck_clinic_invoices_currency', `"currency" ~ '^[A-Z]{3}$'`)
export class ClinicInvoice {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** Who is to be paid. */
  @RefColumn() @ForeignKey('Clinic') clinicId: string;

  /** Its picture, which only who filed it and staff may read. */
  @RefColumn() @ForeignKey('StoredFile') fileId: string;

  @RefColumn() @ForeignKey('User') filedBy: string;

  /** Minor units of `currency`, 1 to 100,000,000. */
  @MoneyColumn() amount: number;

  /** ISO 4217, that of the case. */
  @Column({ type: 'text' }) currency: string;

  @ClosedSetColumn('clinic_invoices', INVOICE_STATUSES, { default: 'pending' }) status: InvoiceStatus;

  /** When the second approval released its amount. */
  @TimeColumn({ nullable: true }) approvedAt: Date | null;

  @TimeColumn({ nullable: true }) rejectedAt: Date | null;

  /** What staff wrote to whoever filed it. */
  @Column({ type: 'text', nullable: true }) rejectionReason: string | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;
}
