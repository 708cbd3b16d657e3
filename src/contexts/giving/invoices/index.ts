export { InvoicesModule } from './invoices.module.js';
export { type InvoiceFacts, invoiceApproved, invoiceFiled, invoicePaid, invoiceRejected } from './invoices.events.js';
