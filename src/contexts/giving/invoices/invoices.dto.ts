import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateBy } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { isCurrency } from '../../../platform/money/money.js';
import { INVOICE_STATUSES, type InvoiceStatus } from './clinic-invoice.entity.js';

/** What a clinic asks for. */
export class FileInvoice {
  /** Minor units of `currency`, 1 to 100,000,000. @example 48000 */
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  amount: number;

  /** ISO 4217; that of the case. @example "EUR" */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @ValidateBy({ name: 'isCurrency', validator: { validate: isCurrency, defaultMessage: () => 'currency must be an ISO 4217 code' } })
  currency: string;

  /** The clinic to be paid. A clinic files its own invoices only. */
  @IsUUID()
  clinicId: string;

  /** Picture of the invoice that the caller uploaded and used for nothing else; only they and staff can read it from now on. */
  @IsUUID()
  fileId: string;
}

/** Filters of the invoice list; all of them must match. */
export class InvoiceListQuery extends PageQuery {
  /** Only those in this state. */
  @IsOptional()
  @IsIn(INVOICE_STATUSES)
  @ApiProperty({ enum: INVOICE_STATUSES, required: false })
  status?: InvoiceStatus;

  /** Only those of this case. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ required: false, format: 'uuid' })
  caseId?: string;
}

/** Why an invoice is not paid. */
export class RejectInvoice {
  /** 1 to 1000 characters, shown to the managers of the case. @example "The amount differs from the estimate; please send the itemised bill." */
  @PlainText({ max: 1_000, multiline: true })
  reason: string;
}

/** By which transfer an invoice was paid. */
export class RecordPayout {
  /** 1 to 140 characters, shown in public beside the payout: name nobody in it. @example "SEPA-2026-11-0042" */
  @PlainText({ max: 140 })
  reference: string;
}

/** An invoice as the managers of its case see it. */
export class InvoiceView {
  id: string;

  /** The case whose fund pays it. */
  caseId: string;

  /** Who is to be paid. */
  clinicId: string;

  /** Its name. @example "Good Hands Veterinary Clinic" */
  clinicName: string;

  /** Its picture. */
  fileId: string;

  /** Where the picture is, for who filed it and staff. @example "/v1/files/0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10" */
  fileUrl: string;

  /** Minor units of `currency`. @example 48000 */
  amount: number;

  /** @example "EUR" */
  currency: string;

  /** `approved`: two people have, and the amount is reserved; `paid`: it has left the fund. */
  @ApiProperty({ enum: INVOICE_STATUSES })
  status: InvoiceStatus;

  /** Who filed it. */
  filedBy: string;

  /** How many people have approved it; the second one releases it. @example 1 */
  approvalsCount: number;

  /** When the second approval released it. */
  approvedAt: string | null;

  /** When staff decided not to pay it. */
  rejectedAt: string | null;

  /** Why it is not paid. */
  rejectionReason: string | null;

  /** When its payout was recorded. */
  paidAt: string | null;

  /** Reference of the payout. @example "SEPA-2026-11-0042" */
  reference: string | null;

  createdAt: string;
}

/** Somebody's approval. */
export class InvoiceApprovalView {
  /** `user:<id>`, or `staff:<id>` for a staff account without a user. @example "user:0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10" */
  person: string;

  /** When they approved. */
  at: string;
}

/** An invoice as staff see it. */
export class AdminInvoiceView extends InvoiceView {
  /** Who has approved it, the first one first. */
  approvals: InvoiceApprovalView[];
}

/** A page of invoices, newest first. */
export class InvoicePage {
  items: InvoiceView[];

  nextCursor: string | null;
}

/** A page of invoices as staff see them, newest first. */
export class AdminInvoicePage {
  items: AdminInvoiceView[];

  nextCursor: string | null;
}
