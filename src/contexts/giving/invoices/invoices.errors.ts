import { defineProblem } from '../../../platform/http/problem.js';

export const InvoiceNotFound = defineProblem(404, 'INVOICE_NOT_FOUND', 'There is no such invoice');
export const InvoiceApprovedByYou = defineProblem(409, 'INVOICE_APPROVED_BY_YOU', 'You have approved this invoice; the second approval has to be another person’s');
export const FundInsufficient = defineProblem(409, 'FUND_INSUFFICIENT', 'The case does not hold that much; see held, reserved and available');
export const PayoutReferenceUsed = defineProblem(409, 'PAYOUT_REFERENCE_USED', 'Another payout has this reference; a transfer pays one invoice');
export const InvoicePaid = defineProblem(409, 'INVOICE_PAID', 'This invoice was paid under another reference');
