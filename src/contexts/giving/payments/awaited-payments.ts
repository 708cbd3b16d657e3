import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { stripeEventReceived } from './payments.events.js';

/**
 * Events about payments that no completed donation is known for yet. They come in any order: a bank's dispute may
 * overtake the news that the payment succeeded. Such an event keeps the payment's id and is processed again when
 * its donation completes.
 */
@Injectable()
export class AwaitedPayments {
  /** Keeps {@link release} of this payment waiting until the commit, so that the event that begins to wait is seen by it. */
  async hold(tx: Tx, paymentId: string): Promise<void> {
    await lockAll(tx, [paymentId]);
  }

  /** Has the events that wait for these payments processed again. Call it whenever a completed donation learns an id. */
  async release(tx: Tx, paymentIds: (string | null)[]): Promise<void> {
    const ids = paymentIds.filter((id) => id !== null);
    if (ids.length === 0) return;
    await lockAll(tx, ids);
    const [waiting] = await tx.query<{ ids: string[] | null }>(
      `WITH released AS (UPDATE giving.stripe_events SET processed_at = NULL, awaits = NULL WHERE awaits = ANY($1) RETURNING id)
       SELECT array_agg(id) AS ids FROM released`,
      [ids],
    );
    for (const stripeEventId of waiting?.ids ?? []) tx.publish(stripeEventReceived({ stripeEventId }));
  }
}

const lockAll = (tx: Tx, ids: string[]): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('payment:' || id, 0)) FROM unnest($1::text[]) AS id ORDER BY id`, [ids]);
