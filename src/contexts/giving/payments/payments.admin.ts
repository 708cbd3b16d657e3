import { defineResource, defineSections } from '../../../platform/backoffice/index.js';
import { PAYMENT_PROVIDERS, StripeEvent } from './stripe-event.entity.js';
import { StripeEventsQueries } from './stripe-events.queries.js';
import { StripeEventsService } from './stripe-events.service.js';

/** What the payment provider told us, and what came of it; finance staff have it processed again (decision 5). */
export const stripeEventsResource = defineResource({
  entity: StripeEvent,
  context: 'giving',
  label: 'Stripe events',
  title: 'eventId',
  listColumns: ['type', 'eventId', 'outcome', 'donationId', 'receivedAt', 'processedAt', 'attempts', 'lastError'],
  sort: { by: 'receivedAt', direction: 'desc' },
  enums: { provider: PAYMENT_PROVIDERS },
  roles: ['finance'],
  actions: [
    {
      name: 'resend',
      label: 'Process again',
      icon: 'RefreshCw',
      roles: ['finance'],
      needsReason: true,
      handler: ({ get, actor, recordId, reason }) => get(StripeEventsService).resend(actor, [recordId], reason),
    },
    {
      name: 'resendRange',
      label: 'Process a period again',
      icon: 'Repeat',
      roles: ['finance'],
      needsReason: true,
      fields: {
        type: { label: 'Type of event', type: 'text', required: true, help: 'Such as charge.refunded' },
        from: { label: 'Received from', type: 'date', required: true, help: 'First day, in UTC' },
        to: { label: 'Received until', type: 'date', required: true, help: 'Last day, in UTC; at most 1,000 events at once' },
      },
      handler: async ({ get, actor, values, reason }) => {
        const [from, to] = [dayOf(values['from']), dayOf(values['to'])];
        to.setUTCDate(to.getUTCDate() + 1);
        await get(StripeEventsService).resendRange(actor, { type: String(values['type']), from, to }, reason);
      },
    },
  ],
});

/** On the page of a donation: what the provider told of it. */
export const donationEvents = defineSections({
  context: 'giving',
  entity: 'Donation',
  sections: [
    {
      name: 'events',
      title: 'Told by the payment provider',
      load: async ({ get, recordId }) => ({
        kind: 'table',
        columns: ['Event', 'Outcome', 'Happened', 'Processed'],
        rows: (await get(StripeEventsQueries).ofDonation(recordId)).map(({ id, type, outcome, created, processedAt }) => [
          { kind: 'record', entity: 'StripeEvent', id, label: type },
          outcome,
          { kind: 'time', at: created },
          processedAt && { kind: 'time', at: processedAt },
        ]),
        empty: 'Nothing yet.',
      }),
    },
  ],
});
const dayOf = (day: unknown): Date => new Date(`${String(day)}T00:00:00Z`);
