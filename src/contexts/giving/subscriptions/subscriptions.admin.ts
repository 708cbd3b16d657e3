import { defineResource } from '../../../platform/backoffice/index.js';
import { CANCEL_REASONS, Subscription, SUBSCRIPTION_INTERVALS, SUBSCRIPTION_STATUSES, SUBSCRIPTION_TARGETS } from './subscription.entity.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** Recurring support as the finance staff see and end it. */
export const subscriptionsResource = defineResource({
  entity: Subscription,
  context: 'giving',
  label: 'Subscriptions',
  title: 'id',
  listColumns: ['id', 'status', 'amount', 'interval', 'userId', 'targetType', 'targetId', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  money: { amount: 'currency' },
  enums: { status: SUBSCRIPTION_STATUSES, targetType: SUBSCRIPTION_TARGETS, interval: SUBSCRIPTION_INTERVALS, cancelReason: CANCEL_REASONS },
  roles: ['finance'],
  actions: [
    {
      name: 'cancel',
      label: 'End support',
      icon: 'XCircle',
      roles: ['finance'],
      needsReason: true,
      handler: ({ get, actor, recordId, reason }) => get(SubscriptionsService).cancelByStaff(actor, recordId, reason),
    },
  ],
});
