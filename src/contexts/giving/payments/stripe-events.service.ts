import { Injectable, Logger } from '@nestjs/common';
import { Stripe } from 'stripe';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { ConfigMissing, SignatureInvalid, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { stripeEventResent } from './payments.audit.js';
import { stripeEventReceived } from './payments.events.js';
import { StripeCredentials } from './stripe-credentials.js';
import { StripeEvent, type UnknownYet } from './stripe-event.entity.js';
import { StripeEventHandlers } from './stripe-event-handlers.js';

/** Older signatures are refused, so that a captured webhook cannot be played again later. */
const SIGNATURE_TOLERANCE_SECONDS = 300;
const MAX_ERROR_LENGTH = 1_000;
const MAX_RESENT = 1_000;

/** The provider's events: verified, stored once, processed from the row (decision 5). */
@Injectable()
export class StripeEventsService {
  private readonly logger = new Logger(StripeEventsService.name);

  constructor(
    private readonly stripe: Stripe,
    private readonly credentials: StripeCredentials,
    private readonly handlers: StripeEventHandlers,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a signed event and has it processed soon. One that came before is answered alike, without effect.
   * @param body the raw bytes that were signed
   * @throws SignatureInvalid, ConfigMissing, ValidationFailed; nothing is written then
   */
  async receive(body: Buffer | undefined, signature: string | string[] | undefined): Promise<void> {
    const event = this.verify(body, signature);
    if (typeof event.id !== 'string' || typeof event.type !== 'string') throw new ValidationFailed('An event has an id and a type');
    await this.store(event);
  }

  /** Stores an event of the provider once; answers whether it is new. Only for what was signed, or asked for by ourselves. */
  async store(event: Stripe.Event): Promise<boolean> {
    const now = this.clock.now();
    const created = Number.isSafeInteger(event.created) ? new Date(event.created * 1_000) : now;
    return this.database.transaction(async (tx) => {
      const id = newId();
      const fresh = await tx.query(
        `INSERT INTO giving.stripe_events (id, event_id, type, payload, api_version, livemode, created, received_at)
         VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8) ON CONFLICT (provider, event_id) DO NOTHING RETURNING id`,
        [id, event.id, event.type, JSON.stringify(event), event.api_version ?? null, event.livemode === true, created, now],
      );
      if (fresh.length > 0) tx.publish(stripeEventReceived({ stripeEventId: id }));
      return fresh.length > 0;
    });
  }

  /**
   * Does what a stored event asks for, once. The effect and the mark on the row commit together; a failure is
   * noted on the row and thrown, so that the queue and the sweep try again.
   * @returns the outcome, of now or of the first time
   */
  async process(id: string): Promise<string> {
    try {
      const answers = await this.ask(id);
      return await this.database.transaction(async (tx) => {
        const stored = await tx.lock(StripeEvent, { id });
        if (!stored) return 'event_gone';
        if (stored.processedAt) return stored.outcome ?? 'processed';
        const { outcome, donationId, awaits } = await this.handlers.handle(stored.payload, tx, answers);
        await tx.manager.update(StripeEvent, id, { processedAt: this.clock.now(), outcome, donationId: donationId ?? null, awaits: awaits ?? null, lastError: null });
        return outcome;
      });
    } catch (error) {
      await this.noteFailure(id, error);
      throw error;
    }
  }

  /**
   * Lets one at a time of the events about a customer be processed until the caller commits: what one of them does
   * not find, another may be just about to make known, and would miss when it takes up what waits for it.
   */
  async oneAtATime(tx: Tx, customerId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`stripe:${customerId}`]);
  }

  /**
   * Has events processed again that came before what they are about was known.
   * @param outcome the one that said so; see the index of the table
   * @param mention an id that they name
   */
  async takeUp(tx: Tx, outcome: UnknownYet, mention: string): Promise<void> {
    const waiting = await tx.query<{ id: string }>(
      `SELECT id FROM giving.stripe_events WHERE outcome = $1 AND outcome IN ('subscription_not_found', 'customer_not_found') AND position($2 IN payload::text) > 0`,
      [outcome, mention],
    );
    for (const { id } of waiting) {
      await tx.manager.update(StripeEvent, id, { processedAt: null, outcome: null, attempts: 0 });
      tx.publish(stripeEventReceived({ stripeEventId: id }));
    }
  }

  /** Processes events that were left over: by a queue that lost them, or after failures, with growing pauses. */
  async sweep(): Promise<number> {
    const waiting = await this.database.rows<{ id: string }>(
      `SELECT id FROM giving.stripe_events
        WHERE processed_at IS NULL AND received_at < $1::timestamptz - make_interval(secs => 20 * power(2, least(attempts, 12)))
        ORDER BY received_at LIMIT 200`,
      [this.clock.now()],
    );
    for (const { id } of waiting) await this.process(id).catch((error: unknown) => this.logger.error({ err: error, stripeEvent: id }, 'event not processed'));
    return waiting.length;
  }

  /** Has stored events processed again, at the wish of staff. Handlers bear repeats. */
  async resend(actor: Actor, ids: string[], reason: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const id of ids) {
        const stored = await tx.lock(StripeEvent, { id });
        if (!stored) continue;
        await tx.manager.update(StripeEvent, id, { processedAt: null, attempts: 0, lastError: null });
        tx.audit(actor, stripeEventResent, id, { before: { outcome: stored.outcome }, type: stored.type, reason });
        tx.publish(stripeEventReceived({ stripeEventId: id }));
      }
    });
  }

  /**
   * Like {@link resend}, for all events of a type that were received in a period.
   * @throws ValidationFailed when there are more than 1,000
   */
  async resendRange(actor: Actor, range: { type: string; from: Date; to: Date }, reason: string | null): Promise<number> {
    const found = await this.database.rows<{ id: string }>(
      `SELECT id FROM giving.stripe_events WHERE type = $1 AND received_at >= $2 AND received_at < $3 ORDER BY received_at LIMIT $4`,
      [range.type, range.from, range.to, MAX_RESENT + 1],
    );
    if (found.length > MAX_RESENT) throw new ValidationFailed(`At most ${MAX_RESENT} events at once; choose a shorter period`);
    await this.resend(actor, found.map(({ id }) => id), reason);
    return found.length;
  }

  private async ask(id: string): Promise<unknown[]> {
    const waiting = await this.database.row<{ payload: Stripe.Event }>(`SELECT payload FROM giving.stripe_events WHERE id = $1 AND processed_at IS NULL`, [id]);
    return waiting ? this.handlers.ask(waiting.payload) : [];
  }

  private verify(body: Buffer | undefined, signature: string | string[] | undefined): Stripe.Event {
    if (!this.credentials.webhookSecret) throw new ConfigMissing('STRIPE_WEBHOOK_SECRET is not set');
    if (!body || typeof signature !== 'string') throw new SignatureInvalid();
    try {
      return this.stripe.webhooks.constructEvent(body, signature, this.credentials.webhookSecret, SIGNATURE_TOLERANCE_SECONDS);
    } catch {
      throw new SignatureInvalid();
    }
  }

  private async noteFailure(id: string, error: unknown): Promise<void> {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH);
    await this.database.rows(`UPDATE giving.stripe_events SET attempts = attempts + 1, last_error = $2 WHERE id = $1 AND processed_at IS NULL`, [id, message]);
  }
}
