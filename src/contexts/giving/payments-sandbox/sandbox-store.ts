import type { Pool, PoolClient } from 'pg';
import { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';
import { ObjectReader } from './object-reader.js';
import { noSuchObject } from './stripe-error.js';
import { type StoredObject, type StoredObjects, type StoredType, unixTime } from './stored-objects.js';

/** Things that happen later by themselves, to one object each. */
export type ScheduledAct = 'expire_session' | 'settle_debit' | 'fail_debit' | 'settle_refund' | 'settle_payout' | 'release_funds' | 'renew_subscription';

/** The API call that an event comes from, as the event names it; null where nobody asked. */
export type EventOrigin = { id: string; idempotency_key: string | null } | null;

/**
 * Writing inside one database transaction. Objects, the events that tell of them and the acts they wait for
 * are committed together, so a killed process leaves either all of them or none.
 */
export class SandboxTransaction extends ObjectReader {
  /** Whether an event waits to be delivered once this is committed. */
  hasEvents = false;

  constructor(
    readonly client: PoolClient,
    readonly now: Date,
    private readonly origin: EventOrigin,
  ) {
    super(client);
  }

  /** Seconds since 1970 of this transaction. */
  get unixNow(): number {
    return unixTime(this.now);
  }

  async insert(object: StoredObject, hidden: object = {}): Promise<void> {
    await this.client.query('INSERT INTO sandbox.objects (id, type, data, hidden, created_at) VALUES ($1, $2, $3, $4, $5)', [
      object.id,
      object.object,
      JSON.stringify(object),
      JSON.stringify(hidden),
      this.now,
    ]);
  }

  async save(object: StoredObject): Promise<void> {
    await this.client.query('UPDATE sandbox.objects SET data = $2 WHERE id = $1', [object.id, JSON.stringify(object)]);
  }

  /** Reads an object and keeps others from changing it until the end. @throws StripeApiError `resource_missing`. */
  async lock<T extends StoredType>(type: T, id: string, param: string, status?: 400 | 404): Promise<StoredObjects[T]> {
    const { rows } = await this.client.query<{ data: StoredObjects[T] }>(
      'SELECT data FROM sandbox.objects WHERE id = $1 AND type = $2 FOR UPDATE',
      [id, type],
    );
    if (!rows[0]) throw noSuchObject(type, id, param, status);
    return rows[0].data;
  }

  /** Records that something happened to an object as it now stands; `previous` holds the former values of an `updated` event. */
  async recordEvent(type: Stripe.Event.Type, object: StoredObject, previous?: object): Promise<void> {
    const event = {
      id: newObjectId('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: this.unixNow,
      data: { object, ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: this.origin ?? { id: null, idempotency_key: null },
      type,
    };
    await this.client.query('INSERT INTO sandbox.events (id, type, data, created_at, next_attempt_at) VALUES ($1, $2, $3, $4, $4)', [
      event.id,
      type,
      JSON.stringify(event),
      this.now,
    ]);
    this.hasEvents = true;
  }

  /** Lets an act happen to an object `seconds` from now, and not at the time that was set before. */
  async schedule(act: ScheduledAct, objectId: string, seconds: number): Promise<void> {
    await this.client.query('INSERT INTO sandbox.scheduled_acts (object_id, act, due_at) VALUES ($1, $2, $3) ON CONFLICT (object_id, act) DO UPDATE SET due_at = excluded.due_at', [
      objectId,
      act,
      new Date(this.now.getTime() + seconds * 1000),
    ]);
  }
}

/** The sandbox's database: reads outside and writes inside transactions. */
export class SandboxStore {
  readonly reader: ObjectReader;
  private wakeDelivery: () => void = () => undefined;

  constructor(
    readonly pool: Pool,
    readonly now: () => Date,
  ) {
    this.reader = new ObjectReader(pool);
  }

  /** Whom to tell, right after a commit, that events wait. */
  onEvents(listener: () => void): void {
    this.wakeDelivery = listener;
  }

  /** Runs `work` in one transaction: all of it or nothing. */
  async transaction<T>(work: (tx: SandboxTransaction) => Promise<T>, origin: EventOrigin = null): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const tx = new SandboxTransaction(client, this.now(), origin);
      const result = await work(tx);
      await client.query('COMMIT');
      client.release();
      if (tx.hasEvents) this.wakeDelivery();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      throw error;
    }
  }
}
