import { defineResource } from '../../../platform/backoffice/index.js';
import { Receipt, RECEIPT_KINDS } from './receipt.entity.js';

/** What was issued to donors. It tells who gave, so it is for finance staff; nobody changes it. */
export const receiptsResource = defineResource({
  entity: Receipt,
  context: 'giving',
  label: 'Receipts and credit notes',
  title: 'number',
  listColumns: ['number', 'kind', 'amount', 'recipient', 'donationId', 'userId', 'anonymous', 'issuedAt'],
  sort: { by: 'issuedAt', direction: 'desc' },
  money: { amount: 'currency', platformFeeAmount: 'currency' },
  enums: { kind: RECEIPT_KINDS },
  roles: ['finance'],
});
