import { defineResource, defineSections } from '../../../platform/backoffice/index.js';
import { Database } from '../../../platform/database/database.js';
import { Dispute, DISPUTE_STATUSES } from './dispute.entity.js';

/** Disputes for finance staff, the ones whose evidence is due first on top. */
export const disputesResource = defineResource({
  entity: Dispute,
  context: 'giving',
  label: 'Disputes',
  title: 'stripeDisputeId',
  listColumns: ['evidenceDueBy', 'status', 'amount', 'takenAmount', 'feeAmount', 'reason', 'donationId', 'closedAt'],
  sort: { by: 'evidenceDueBy', direction: 'asc' },
  money: { amount: 'currency', takenAmount: 'currency', feeAmount: 'feeCurrency' },
  enums: { status: DISPUTE_STATUSES },
  roles: ['finance'],
});

/** On the page of a donation: what its bank disputed. */
export const donationDisputes = defineSections({
  context: 'giving',
  entity: 'Donation',
  sections: [
    {
      name: 'disputes',
      title: 'Disputes',
      load: async ({ get, recordId: donationId }) => ({
        kind: 'table',
        columns: ['Dispute', 'Amount', 'Status', 'Reason', 'Opened', 'Closed'],
        rows: (await get(Database).manager.find(Dispute, { where: { donationId }, order: { openedAt: 'ASC', id: 'ASC' } })).map(({ id, stripeDisputeId, amount, currency, status, reason, openedAt, closedAt }) => [
          { kind: 'record', entity: 'Dispute', id, label: stripeDisputeId },
          { kind: 'money', amount, currency },
          status,
          reason,
          { kind: 'time', at: openedAt },
          closedAt && { kind: 'time', at: closedAt },
        ]),
        empty: 'None.',
      }),
    },
  ],
});
