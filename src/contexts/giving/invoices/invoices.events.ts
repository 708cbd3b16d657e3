import { defineEvent } from '../../../platform/outbox/event.js';

/** An invoice and who has a part in it. */
export interface InvoiceFacts {
  invoiceId: string;
  caseId: string;
  clinicId: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  /** Who filed it. */
  filedBy: string;
  caseOwnerId: string;
  /** Null while nobody runs the clinic. */
  clinicOwnerId: string | null;
}

/** An invoice waits for approval. */
export const invoiceFiled = defineEvent<InvoiceFacts>('giving.invoice.filed.v1');

/** Two people have approved an invoice; its amount is reserved. */
export const invoiceApproved = defineEvent<InvoiceFacts>('giving.invoice.approved.v1');

/** An invoice will not be paid; the reason is in it. */
export const invoiceRejected = defineEvent<InvoiceFacts>('giving.invoice.rejected.v1');

/** An invoice was paid out of the fund of its case. */
export const invoicePaid = defineEvent<InvoiceFacts & { reference: string }>('giving.invoice.paid.v1');
