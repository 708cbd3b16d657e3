import { defineResource } from '../../../platform/backoffice/index.js';
import { PAYMENT_METHOD_TYPES, PaymentMethod } from './payment-method.entity.js';
import { StripeCustomer } from './stripe-customer.entity.js';

const FOR_FINANCE = { context: 'giving', roles: ['finance'] } as const;

/** What donors pay with, as far as it is known here; for finance staff to read. */
export const paymentMethodResources = [
  defineResource({
    ...FOR_FINANCE,
    entity: PaymentMethod,
    label: 'Payment methods',
    title: 'name',
    listColumns: ['name', 'type', 'userId', 'isDefault', 'expiryYear', 'createdAt', 'removedAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { type: PAYMENT_METHOD_TYPES },
  }),
  defineResource({
    ...FOR_FINANCE,
    entity: StripeCustomer,
    label: 'Stripe customers',
    title: 'id',
    listColumns: ['id', 'userId', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
  }),
];
