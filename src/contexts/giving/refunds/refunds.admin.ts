import { defineActions, defineResource, defineSections } from '../../../platform/backoffice/index.js';
import { Database } from '../../../platform/database/database.js';
import { Refund, REFUND_ORIGINS, REFUND_STATUSES } from './refund.entity.js';
import { RefundsService } from './refunds.service.js';

/** Refunds as finance staff see them, whoever made them. */
export const refundsResource = defineResource({
  entity: Refund,
  context: 'giving',
  label: 'Refunds',
  listColumns: ['donationId', 'amount', 'status', 'origin', 'reason', 'failureReason', 'createdAt', 'succeededAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  money: { amount: 'currency' },
  enums: { status: REFUND_STATUSES, origin: REFUND_ORIGINS },
  hidden: ['idempotencyKey'],
  roles: ['finance'],
});

/** The same act as `POST /v1/admin/donations/:id/refunds`, on the donation's page. */
export const refundActions = defineActions({
  context: 'giving',
  entity: 'Donation',
  actions: [
    {
      name: 'refund',
      label: 'Refund',
      icon: 'CornerUpLeft',
      danger: true,
      roles: ['finance'],
      needsReason: true,
      fields: { amount: { label: 'Amount', type: 'number', help: 'In minor units of the donation’s currency: 2550 is 25.50 EUR. Empty gives back everything that is left.' } },
      confirm: 'The money goes back to the donor, and the total of the case or campaign falls.',
      appliesTo: (row) => row['status'] === 'completed',
      handler: async ({ get, actor, recordId, values, reason }) => {
        await get(RefundsService).request(actor, recordId, { amount: values['amount'] === null ? undefined : Number(values['amount']), reason: reason ?? '' });
      },
    },
  ],
});

/** On the page of a donation: what was given back of it, or tried to. */
export const donationRefunds = defineSections({
  context: 'giving',
  entity: 'Donation',
  sections: [
    {
      name: 'refunds',
      title: 'Refunds',
      load: async ({ get, recordId: donationId }) => ({
        kind: 'table',
        columns: ['Refund', 'Amount', 'Status', 'Reason', 'Asked for'],
        rows: (await get(Database).manager.find(Refund, { where: { donationId }, order: { createdAt: 'ASC', id: 'ASC' } })).map(({ id, stripeRefundId, amount, currency, status, reason, createdAt }) => [
          { kind: 'record', entity: 'Refund', id, label: stripeRefundId ?? id },
          { kind: 'money', amount, currency },
          status,
          reason,
          { kind: 'time', at: createdAt },
        ]),
        empty: 'None.',
      }),
    },
  ],
});
