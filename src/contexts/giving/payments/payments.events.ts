import { defineEvent } from '../../../platform/outbox/event.js';

/** A signed event of the payment provider was stored and waits to be processed. */
export const stripeEventReceived = defineEvent<{ stripeEventId: string }>('giving.stripe_event.received.v1');
