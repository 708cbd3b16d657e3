import type { Pool, PoolClient } from 'pg';
import { noSuchObject } from './stripe-error.js';
import type { HiddenSessionData, StoredObject, StoredObjects, StoredType } from './stored-objects.js';

export type Queryable = Pick<Pool | PoolClient, 'query'>;

/** One page of a list, newest first. Cursors are ids; `created` bounds are seconds since 1970. */
export interface PageQuery {
  limit: number;
  startingAfter?: string | undefined;
  endingBefore?: string | undefined;
  /** SQL conditions over the table's columns; each `?` stands for the value. */
  conditions: { sql: string; value: unknown }[];
}

export interface Page<T> {
  rows: T[];
  hasMore: boolean;
}

/** Reads objects, from the pool or inside a transaction. */
export class ObjectReader {
  constructor(private readonly db: Queryable) {}

  async find<T extends StoredType>(type: T, id: string): Promise<StoredObjects[T] | undefined> {
    const { rows } = await this.db.query<{ data: StoredObjects[T] }>('SELECT data FROM sandbox.objects WHERE id = $1 AND type = $2', [id, type]);
    return rows[0]?.data;
  }

  /** @throws StripeApiError `resource_missing`, naming `param`. */
  async get<T extends StoredType>(type: T, id: string, param: string, status?: 400 | 404): Promise<StoredObjects[T]> {
    const object = await this.find(type, id);
    if (!object) throw noSuchObject(type, id, param, status);
    return object;
  }

  /** The object behind an id found in another object, whatever its type. */
  async resolve(id: string): Promise<StoredObject | undefined> {
    const { rows } = await this.db.query<{ data: StoredObject }>('SELECT data FROM sandbox.objects WHERE id = $1', [id]);
    return rows[0]?.data;
  }

  async hiddenSessionData(sessionId: string): Promise<HiddenSessionData> {
    const { rows } = await this.db.query<{ hidden: HiddenSessionData }>(
      "SELECT hidden FROM sandbox.objects WHERE id = $1 AND type = 'checkout.session'",
      [sessionId],
    );
    if (!rows[0]) throw noSuchObject('checkout.session', sessionId, 'session');
    return rows[0].hidden;
  }

  /** What becomes of a subscription's renewals that nobody decides by hand. */
  async renewalsOf(subscriptionId: string): Promise<'succeeds' | 'fails'> {
    const { rows } = await this.db.query<{ renewals: 'succeeds' | 'fails' }>(
      "SELECT hidden->>'renewals' AS renewals FROM sandbox.objects WHERE id = $1 AND type = 'subscription'",
      [subscriptionId],
    );
    return rows[0]?.renewals ?? 'succeeds';
  }

  /** The payment that an invoice waits for or was paid with. @throws StripeApiError 404. */
  async paymentOf(invoiceId: string): Promise<StoredObjects['invoice_payment']> {
    const { rows } = await this.list('invoice_payment', { limit: 1, conditions: [{ sql: "data->>'invoice' = ?", value: invoiceId }] });
    if (!rows[0]) throw noSuchObject('invoice_payment', invoiceId, 'invoice');
    return rows[0];
  }

  async list<T extends StoredType>(type: T, query: PageQuery): Promise<Page<StoredObjects[T]>> {
    const conditions = [{ sql: 'type = ?', value: type }, ...query.conditions];
    const { rows, hasMore } = await readPage<{ data: StoredObjects[T] }>(this.db, 'sandbox.objects', type, { ...query, conditions });
    return { rows: rows.map(({ data }) => data), hasMore };
  }

  /** The account's balance: net amounts by state and currency. */
  async balance(): Promise<{ status: 'available' | 'pending'; currency: string; amount: number }[]> {
    const { rows } = await this.db.query<{ status: 'available' | 'pending'; currency: string; amount: string }>(
      `SELECT data->>'status' AS status, data->>'currency' AS currency, sum((data->>'net')::bigint) AS amount
         FROM sandbox.objects WHERE type = 'balance_transaction' GROUP BY 1, 2 ORDER BY 2`,
    );
    return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
  }
}

/** Reads one page of a table that has `id` and `seq`; `noun` names the objects in the error about an unknown cursor. */
export async function readPage<Row extends object>(db: Queryable, table: string, noun: string, query: PageQuery): Promise<Page<Row>> {
  const backwards = query.endingBefore !== undefined;
  const values: unknown[] = [];
  const where = query.conditions.map(({ sql, value }) => sql.replaceAll('?', `$${values.push(value)}`));
  const cursor = query.endingBefore ?? query.startingAfter;
  if (cursor !== undefined) {
    const { rows } = await db.query<{ seq: string }>(`SELECT seq FROM ${table} WHERE id = $1`, [cursor]);
    if (!rows[0]) throw noSuchObject(noun, cursor, backwards ? 'ending_before' : 'starting_after', 400);
    where.push(`seq ${backwards ? '>' : '<'} $${values.push(rows[0].seq)}`);
  }
  const { rows } = await db.query<Row>(
    `SELECT * FROM ${table} WHERE ${where.join(' AND ') || 'true'}
      ORDER BY seq ${backwards ? 'ASC' : 'DESC'} LIMIT $${values.push(query.limit + 1)}`,
    values,
  );
  const page = rows.slice(0, query.limit);
  return { rows: backwards ? page.reverse() : page, hasMore: rows.length > query.limit };
}
