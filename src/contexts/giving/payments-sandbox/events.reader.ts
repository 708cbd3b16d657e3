import type { Stripe } from 'stripe';
import { type Page, type PageQuery, type Queryable, readPage } from './object-reader.js';
import { noSuchObject } from './stripe-error.js';

interface EventRow {
  data: Stripe.Event;
  delivered_at: Date | null;
}

/** What `GET /v1/events` can ask for beside the page. `types` may end in `.*`. */
export interface EventFilter {
  types: string[];
  /** Delivered to the endpoint, or (false) still waiting or given up. */
  delivered?: boolean | undefined;
}

/** Reads the events that were recorded, each with the number of webhooks it still owes. */
export class EventsReader {
  constructor(private readonly db: Queryable) {}

  /** @throws StripeApiError 404. */
  async get(id: string): Promise<Stripe.Event> {
    const { rows } = await this.db.query<EventRow>('SELECT data, delivered_at FROM sandbox.events WHERE id = $1', [id]);
    if (!rows[0]) throw noSuchObject('event', id, 'id');
    return shown(rows[0]);
  }

  async list(page: PageQuery, filter: EventFilter): Promise<Page<Stripe.Event>> {
    const conditions = [...page.conditions];
    if (filter.types.length > 0) {
      const patterns = filter.types.map((type) => type.replaceAll(/[\\%_]/g, '\\$&').replace(/\*$/, '%'));
      conditions.push({ sql: 'type LIKE ANY (?)', value: patterns });
    }
    if (filter.delivered !== undefined) conditions.push({ sql: '(delivered_at IS NOT NULL) = ?', value: filter.delivered });
    const { rows, hasMore } = await readPage<EventRow>(this.db, 'sandbox.events', 'event', { ...page, conditions });
    return { rows: rows.map(shown), hasMore };
  }
}

const shown = ({ data, delivered_at }: EventRow): Stripe.Event => ({ ...data, pending_webhooks: delivered_at ? 0 : 1 });
