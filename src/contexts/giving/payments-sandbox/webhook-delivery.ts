import type { Pool } from 'pg';
import { Stripe } from 'stripe';

const CONCURRENCY = 8;
const POLL_EVERY_MS = 500;
const TIMEOUT_MS = 10_000;
/** While an attempt runs nobody else may try: a little longer than the attempt itself can take. */
const LEASE_MS = TIMEOUT_MS + 2_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5 * 60_000;
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * 60_000;
const MAX_ERROR_LENGTH = 500;

interface DueEvent {
  id: string;
  data: Stripe.Event;
  created_at: Date;
  attempts: number;
}

export interface WebhookDeliveryOptions {
  pool: Pool;
  /** The endpoint, asked at each attempt; null while it is not known, when nothing is tried. */
  url: () => string | null;
  secret: string;
  now: () => Date;
  /** Told of failures of the database; those of the endpoint are kept with the event. */
  onError: (error: unknown) => void;
}

/**
 * Posts recorded events to the webhook endpoint, signed, at least once each and in no order: up to eight at a time,
 * tried again with growing pauses for three days until a 2xx answer. Attempts are leased in the database, so several
 * processes can share the work, and what a killed process had begun is taken up again when its lease ends.
 */
export class WebhookDelivery {
  private readonly webhooks = new Stripe('sk_unused').webhooks;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private wokenWhileClaiming = false;

  constructor(private readonly options: WebhookDeliveryOptions) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), POLL_EVERY_MS);
    this.wake();
  }

  /** Ends the attempts that run; their events are due again at once for whoever comes next. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.claiming;
    await Promise.all(this.inFlight);
  }

  /** Looks for due events now. */
  wake(): void {
    if (this.stopping.signal.aborted) return;
    if (this.claiming) {
      this.wokenWhileClaiming = true;
      return;
    }
    this.claiming = this.claim()
      .catch((error: unknown) => this.options.onError(error))
      .then(() => {
        this.claiming = undefined;
        if (!this.wokenWhileClaiming) return;
        this.wokenWhileClaiming = false;
        this.wake();
      });
  }

  private async claim(): Promise<void> {
    const free = CONCURRENCY - this.inFlight.size;
    const url = this.options.url();
    if (free === 0 || url === null) return;
    const now = this.options.now();
    const { rows } = await this.options.pool.query<DueEvent>(
      `UPDATE sandbox.events SET attempts = attempts + 1, next_attempt_at = $2
        WHERE id IN (SELECT id FROM sandbox.events WHERE next_attempt_at <= $1
                      ORDER BY next_attempt_at, seq LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING id, data, created_at, attempts`,
      [now, new Date(now.getTime() + LEASE_MS), free],
    );
    for (const event of rows) {
      const delivery = this.deliver(event, url)
        .catch((error: unknown) => this.options.onError(error))
        .finally(() => {
          this.inFlight.delete(delivery);
          this.wake();
        });
      this.inFlight.add(delivery);
    }
  }

  private async deliver(event: DueEvent, url: string): Promise<void> {
    const failure = await this.post(event, url);
    const now = this.options.now();
    if (failure === undefined) {
      await this.options.pool.query('UPDATE sandbox.events SET delivered_at = $2, next_attempt_at = NULL, last_error = NULL WHERE id = $1', [event.id, now]);
      return;
    }
    await this.options.pool.query('UPDATE sandbox.events SET next_attempt_at = $2, last_error = $3 WHERE id = $1 AND delivered_at IS NULL', [
      event.id,
      this.nextAttempt(event, now),
      failure.slice(0, MAX_ERROR_LENGTH),
    ]);
  }

  /** Answers what went wrong, or nothing after a 2xx answer. */
  private async post(event: DueEvent, url: string): Promise<string | undefined> {
    const payload = JSON.stringify(event.data, null, 2);
    // Signed by the wall clock, not by `now`: the receiver compares the time with its own.
    const signature = this.webhooks.generateTestHeaderString({ payload, secret: this.options.secret });
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: payload,
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, 'user-agent': 'Stripe/1.0 (payments sandbox)' },
        redirect: 'manual',
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `HTTP ${response.status}`;
    } catch (error) {
      const { message, cause } = error as Error;
      return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
  }

  private nextAttempt(event: DueEvent, now: Date): Date | null {
    if (this.stopping.signal.aborted) return now;
    const pause = Math.min(FIRST_RETRY_MS * 2 ** (event.attempts - 1), LONGEST_RETRY_MS);
    const next = new Date(now.getTime() + pause);
    return next.getTime() - event.created_at.getTime() > GIVE_UP_AFTER_MS ? null : next;
  }
}
