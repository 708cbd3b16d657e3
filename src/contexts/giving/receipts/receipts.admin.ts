import { defineResource, defineSections } from '../../../platform/backoffice/index.js';
import { Receipt, RECEIPT_KINDS } from './receipt.entity.js';
import { ReceiptsQueries } from './receipts.queries.js';

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

/** On the page of a donation: what its donor got in writing. */
export const donationReceipts = defineSections({
  context: 'giving',
  entity: 'Donation',
  sections: [
    {
      name: 'receipts',
      title: 'Issued to the donor',
      load: async ({ get, recordId }) => ({
        kind: 'table',
        columns: ['Number', 'Kind', 'Amount', 'Issued'],
        rows: (await get(ReceiptsQueries).ofDonation(recordId)).map(({ id, number, kind, amount, currency, issuedAt }) => [
          { kind: 'record', entity: 'Receipt', id, label: number },
          kind,
          { kind: 'money', amount, currency },
          { kind: 'time', at: issuedAt },
        ]),
        empty: 'Nothing yet.',
      }),
    },
  ],
});
