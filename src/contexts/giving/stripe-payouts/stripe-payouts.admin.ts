import { defineResource } from '../../../platform/backoffice/index.js';
import { STRIPE_PAYOUT_STATUSES, StripePayout } from './stripe-payout.entity.js';

/** What the provider paid out to our bank account, for finance staff. */
export const stripePayoutsResource = defineResource({
  entity: StripePayout,
  context: 'giving',
  label: 'Stripe payouts',
  title: 'stripePayoutId',
  listColumns: ['stripePayoutId', 'amount', 'status', 'arrivalDate', 'failureCode', 'bookedAt', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  money: { amount: 'currency' },
  enums: { status: STRIPE_PAYOUT_STATUSES },
  roles: ['finance'],
});
