import { Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { unavailable } from './payment-gateway.js';
import { StripeEventsService } from './stripe-events.service.js';

/** Webhooks may come late without being lost. */
const OVERLAP_MS = 3_600_000;
/** How far back is looked where no event was ever received, and for webhooks that failed. The provider keeps events for 30 days. */
const LOOK_BACK_MS = 7 * 86_400_000;

/** Asks the provider for events that its webhooks did not bring. */
@Injectable()
export class MissedEventsService {
  constructor(
    private readonly stripe: Stripe,
    private readonly events: StripeEventsService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores, and so has processed, what happened since the last event seen and what the provider could not deliver.
   * @returns how many were new
   * @throws PaymentsUnavailable; those fetched so far stay
   */
  async fetch(): Promise<number> {
    const now = this.clock.now().getTime();
    const seen = await this.database.row<{ last: Date | null }>(`SELECT max(created) AS last FROM giving.stripe_events WHERE created <= $1`, [new Date(now)]);
    const since = Math.max(seen?.last ? seen.last.getTime() - OVERLAP_MS : 0, now - LOOK_BACK_MS);
    try {
      return (await this.take({ created: { gte: seconds(since) } })) + (await this.take({ delivery_success: false, created: { gte: seconds(now - LOOK_BACK_MS) } }));
    } catch (error) {
      throw error instanceof Stripe.errors.StripeError ? unavailable(error) : error;
    }
  }

  private async take(which: Stripe.EventListParams): Promise<number> {
    let fresh = 0;
    for (let page: Stripe.ApiList<Stripe.Event> | null = null; page?.has_more !== false; ) {
      page = await this.stripe.events.list({ ...which, limit: 100, starting_after: page?.data.at(-1)?.id });
      for (const event of await this.unknown(page.data)) if (await this.events.store(event)) fresh += 1;
    }
    return fresh;
  }

  private async unknown(events: Stripe.Event[]): Promise<Stripe.Event[]> {
    const known = await this.database.rows<{ event_id: string }>(`SELECT event_id FROM giving.stripe_events WHERE provider = 'stripe' AND event_id = ANY($1)`, [events.map(({ id }) => id)]);
    const ids = new Set(known.map((row) => row.event_id));
    return events.filter(({ id }) => !ids.has(id));
  }
}

const seconds = (time: number): number => Math.floor(time / 1_000);
