import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { PgListener } from '../database/listener.js';
import { JobRegistry } from '../queue/job-registry.js';
import { Queues } from '../queue/queues.js';
import { Scheduled } from '../queue/scheduled.js';

const BATCH = 200;
const POLL_MS = 1_000;

/**
 * Hands outbox rows to the queues. A row is marked only after its jobs are in, so a crash between repeats
 * them (job ids make that harmless) and never loses them.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly listener: PgListener,
    private readonly queues: Queues,
    private readonly registry: JobRegistry,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.has('worker')) return;
    await this.listener.on('outbox', () => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Relays everything that waits; answers how many rows. */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const moved = await this.relayBatch();
      total += moved;
      if (moved < BATCH || this.stopped) return total;
    }
  }

  /** Re-enqueues events whose consumer never left a receipt: a queue that lost its data loses no work. */
  @Scheduled({ name: 'platform.redeliver-lost-events', cron: '*/10 * * * *' })
  async redeliverLost(): Promise<number> {
    let redelivered = 0;
    for (const consumer of this.registry.consumers.values()) {
      const lost = await this.database.rows<{ id: string; type: string }>(
        `SELECT e.id, e.type FROM platform.outbox_events e
          WHERE e.type = $1 AND e.published_at BETWEEN $2 AND $3
            AND NOT EXISTS (SELECT 1 FROM platform.inbox_receipts r WHERE r.event_id = e.id AND r.consumer = $4)
          ORDER BY e.id LIMIT 1000`,
        [consumer.event, this.ago(3 * 86_400_000), this.ago(10 * 60_000), consumer.name],
      );
      await this.queues.dispatch(lost);
      redelivered += lost.length;
    }
    if (redelivered > 0) this.logger.warn(`${redelivered} deliveries without a receipt were enqueued again`);
    return redelivered;
  }

  /** Events and receipts are kept for a week, then the audit log is the memory. */
  @Scheduled({ name: 'platform.prune-outbox', cron: '20 3 * * *' })
  async prune(): Promise<void> {
    const before = this.ago(7 * 86_400_000);
    await this.database.rows(`DELETE FROM platform.outbox_events WHERE published_at < $1`, [before]);
    await this.database.rows(`DELETE FROM platform.inbox_receipts WHERE handled_at < $1`, [this.ago(8 * 86_400_000)]);
    await this.database.rows(`DELETE FROM platform.live_events WHERE created_at < $1`, [this.ago(86_400_000)]);
    await this.database.rows(`DELETE FROM platform.idempotency_keys WHERE created_at < $1`, [this.ago(86_400_000)]);
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain()
      .then(() => undefined)
      .catch((error: unknown) => this.logger.error(`relay failed, trying again: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  private relayBatch(): Promise<number> {
    return this.database.dataSource.transaction(async (manager) => {
      const rows: { id: string; type: string }[] = await manager.query(
        `SELECT id, type FROM platform.outbox_events WHERE published_at IS NULL
          ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      );
      if (rows.length === 0) return 0;
      await this.queues.dispatch(rows);
      await manager.query(`UPDATE platform.outbox_events SET published_at = $2 WHERE id = ANY($1)`, [rows.map((row) => row.id), this.clock.now()]);
      return rows.length;
    });
  }

  private ago(ms: number): Date {
    return new Date(this.clock.now().getTime() - ms);
  }
}
