import { AuditQueries } from '../../../platform/audit/audit.queries.js';
import { defineResource } from '../../../platform/backoffice/index.js';
import { PAGE_MAX } from '../../../platform/http/keyset.js';
import { Donation, DONATION_KINDS, DONATION_STATUSES, PAYMENT_PROVIDERS } from './donation.entity.js';

/** Donations as the finance staff see them. Nobody else does: some donors are anonymous to all others. */
export const donationsResource = defineResource({
  entity: Donation,
  context: 'giving',
  label: 'Donations',
  title: 'receiptId',
  listColumns: ['receiptId', 'status', 'amount', 'netAmount', 'userId', 'anonymous', 'caseId', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  money: {
    requestedAmount: 'requestedCurrency',
    amount: 'currency',
    platformFeeAmount: 'currency',
    processorFeeAmount: 'currency',
    netAmount: 'currency',
    settledAmount: 'settledCurrency',
    refundedAmount: 'currency',
    disputedAmount: 'currency',
    chargeRefundedAmount: 'currency',
    platformFeeReturned: 'currency',
    processorFeeReturned: 'currency',
  },
  enums: { status: DONATION_STATUSES, donationKind: DONATION_KINDS, paymentProvider: PAYMENT_PROVIDERS },
  roles: ['finance'],
  sections: [
    {
      name: 'audit',
      title: 'Audit trail',
      load: async ({ get, recordId }) => ({
        kind: 'table',
        columns: ['Act', 'By', 'What', 'When'],
        rows: (await get(AuditQueries).list({ entityType: 'donation', entityId: recordId, limit: PAGE_MAX })).items.reverse().map(({ id, action, actorKind, metadata, createdAt }) => [
          { kind: 'record', entity: 'AuditLog', id, label: action },
          actorKind,
          metadata && JSON.stringify(metadata),
          { kind: 'time', at: createdAt },
        ]),
        empty: 'Nothing was done.',
      }),
    },
  ],
});
