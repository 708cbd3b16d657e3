import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const invoiceFiledAudit = defineAuditAction('invoice.filed', 'clinic_invoice');
export const invoiceApprovedAudit = defineAuditAction('invoice.approved', 'clinic_invoice');
export const invoiceRejectedAudit = defineAuditAction('invoice.rejected', 'clinic_invoice');
export const invoicePaidAudit = defineAuditAction('invoice.paid', 'clinic_invoice');
