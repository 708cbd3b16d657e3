import { defineEvent } from '../../../platform/outbox/event.js';

/** A payment method was taken from its person here, and the provider has to let it go. */
export const paymentMethodRemovedEvent = defineEvent<{ stripePaymentMethodId: string }>('giving.payment_method.removed.v1');
