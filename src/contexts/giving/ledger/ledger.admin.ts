import { defineResource, defineSections } from '../../../platform/backoffice/index.js';
import { RequestValidationPipe } from '../../../platform/http/validation.pipe.js';
import { FUND_OWNER_TYPES, FundBalance } from './fund-balance.entity.js';
import { ACCOUNT_KINDS, ACCOUNT_OWNER_TYPES, LedgerAccount } from './ledger-account.entity.js';
import { ENTRY_KINDS, LedgerEntry } from './ledger-entry.entity.js';
import { LedgerExportQuery } from './ledger.dto.js';
import { LedgerExport } from './ledger-export.js';
import { LedgerPosting } from './ledger-posting.entity.js';
import { LedgerQueries } from './ledger.queries.js';

const FOR_FINANCE = { context: 'giving', roles: ['finance'] } as const;

/** The books, for finance staff to read: nobody changes them, here or elsewhere. */
export const ledgerResources = [
  defineResource({
    ...FOR_FINANCE,
    entity: LedgerEntry,
    label: 'Ledger entries',
    title: 'description',
    listColumns: ['description', 'kind', 'reference', 'donationId', 'caseId', 'campaignId', 'occurredAt'],
    sort: { by: 'occurredAt', direction: 'desc' },
    enums: { kind: ENTRY_KINDS },
    downloads: [
      {
        name: 'csv',
        label: 'Download as CSV',
        fields: {
          from: { label: 'From', type: 'date', help: 'The first day, by UTC. All there is when empty.' },
          to: { label: 'Before', type: 'date', help: 'The day after the last one. Up to now when empty.' },
          caseId: { label: 'Case', type: 'text', help: 'Id of a case. All when empty.' },
        },
        file: async ({ get, actor, values }) => {
          const range = (await new RequestValidationPipe().transform(values, { type: 'query', metatype: LedgerExportQuery })) as LedgerExportQuery;
          const { name, lines } = await get(LedgerExport).csv(actor, range);
          return { name, type: 'text/csv; charset=utf-8', chunks: lines };
        },
      },
    ],
  }),
  defineResource({
    ...FOR_FINANCE,
    entity: LedgerPosting,
    label: 'Ledger postings',
    listColumns: ['entryId', 'accountId', 'amount', 'currency', 'id'],
    money: { amount: 'currency' },
    references: { accountId: LedgerAccount },
  }),
  defineResource({
    ...FOR_FINANCE,
    entity: LedgerAccount,
    label: 'Ledger accounts',
    title: 'kind',
    listColumns: ['kind', 'ownerType', 'ownerId', 'currency', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { kind: ACCOUNT_KINDS, ownerType: ACCOUNT_OWNER_TYPES },
  }),
  defineResource({
    ...FOR_FINANCE,
    entity: FundBalance,
    label: 'Fund balances',
    listColumns: ['ownerType', 'ownerId', 'held', 'receivable', 'updatedAt'],
    sort: { by: 'updatedAt', direction: 'desc' },
    money: { held: 'currency', receivable: 'currency' },
    enums: { ownerType: FUND_OWNER_TYPES },
  }),
];

/** On the page of a donation: what was booked of it. */
export const donationPostings = defineSections({
  context: 'giving',
  entity: 'Donation',
  sections: [
    {
      name: 'postings',
      title: 'In the books',
      load: async ({ get, recordId }) => ({
        kind: 'table',
        columns: ['Entry', 'Account', 'Debit', 'Credit', 'Booked'],
        rows: (await get(LedgerQueries).ofDonation(recordId)).map(({ entryId, kind, description, account, amount, currency, occurredAt }) => [
          { kind: 'record', entity: 'LedgerEntry', id: entryId, label: `${kind}: ${description}` },
          account,
          amount > 0 ? { kind: 'money', amount, currency } : null,
          amount < 0 ? { kind: 'money', amount: -amount, currency } : null,
          { kind: 'time', at: occurredAt },
        ]),
        empty: 'Nothing was booked.',
      }),
    },
  ],
});
