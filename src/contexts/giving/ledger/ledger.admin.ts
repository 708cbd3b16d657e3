import { defineResource } from '../../../platform/backoffice/index.js';
import { FUND_OWNER_TYPES, FundBalance } from './fund-balance.entity.js';
import { ACCOUNT_KINDS, ACCOUNT_OWNER_TYPES, LedgerAccount } from './ledger-account.entity.js';
import { ENTRY_KINDS, LedgerEntry } from './ledger-entry.entity.js';
import { LedgerPosting } from './ledger-posting.entity.js';

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
