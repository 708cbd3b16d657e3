import { defineProblem } from '../../../platform/http/problem.js';

export const ReceiptNotReady = defineProblem(409, 'RECEIPT_NOT_READY', 'There is no receipt before the payment is confirmed');
export const ReceiptNotFound = defineProblem(404, 'RECEIPT_NOT_FOUND', 'This donation has no such receipt or credit note');
