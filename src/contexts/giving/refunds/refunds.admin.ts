import { defineActions, defineResource } from '../../../platform/backoffice/index.js';
import { Refund, REFUND_ORIGINS, REFUND_STATUSES } from './refund.entity.js';
import { RefundsService } from './refunds.service.js';

/** Refunds as finance staff see them, whoever made them. */
export const refundsResource = defineResource({
  entity: Refund,
  context: 'giving',
  label: 'Refunds',
  title: 'stripeRefundId',
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
