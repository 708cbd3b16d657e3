import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../../platform/database/columns.js';

/** Child. That a person approved an invoice. One row a person, so that two approvals are two people. Append-only. */
@Entity({ schema: 'giving', name: 'invoice_approvals' })
export class InvoiceApproval {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('ClinicInvoice') invoiceId: string;

  /** `user:<id>`, or `staff:<id>` for a staff account without a user: see `personOf`. */
  @PrimaryColumn({ type: 'text' }) person: string;

  @TimeColumn() approvedAt: Date;
}
