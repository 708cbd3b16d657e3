import { Injectable, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ClsService } from 'nestjs-cls';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { ConsumedEvent } from '../outbox/consumer.js';
import { JobRegistry, type RegisteredConsumer } from './job-registry.js';

interface EventRow {
  id: string;
  type: string;
  payload: unknown;
  request_id: string | null;
  occurred_at: Date;
}

/** Runs what a queue hands over: a consumer for one event, or a scheduled job. */
@Injectable()
export class JobDispatcher {
  private readonly logger = new Logger(JobDispatcher.name);

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {}

  async run(job: Job<{ eventId?: string }>): Promise<unknown> {
    const consumer = this.registry.consumers.get(job.name);
    if (consumer && job.data.eventId) return this.consume(consumer, job.data.eventId);
    const schedule = this.registry.schedules.get(job.name);
    if (schedule) return this.cls.runWith({ id: `job-${job.id}` } as never, () => schedule.run());
    throw new Error(`No handler for job ${job.name}`);
  }

  private async consume(consumer: RegisteredConsumer, eventId: string): Promise<string> {
    const row = await this.database.row<EventRow & { handled: boolean }>(
      `SELECT e.id, e.type, e.payload, e.request_id, e.occurred_at,
              EXISTS (SELECT 1 FROM platform.inbox_receipts r WHERE r.event_id = e.id AND r.consumer = $2) AS handled
         FROM platform.outbox_events e WHERE e.id = $1`,
      [eventId, consumer.name],
    );
    if (!row) return 'event gone';
    if (row.handled) return 'handled before';
    const event: ConsumedEvent<unknown> = { id: row.id, type: row.type, occurredAt: row.occurred_at, payload: row.payload };

    return this.cls.runWith({ id: row.request_id ?? `event-${eventId}` } as never, async () => {
      const prepared = await consumer.instance.prepare?.(event);
      return this.database.transaction(async (tx) => {
        const fresh = await tx.query(
          `INSERT INTO platform.inbox_receipts (event_id, consumer, handled_at) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING RETURNING event_id`,
          [eventId, consumer.name, this.clock.now()],
        );
        if (fresh.length === 0) return 'handled before';
        const outcome = (await consumer.instance.handle(event, tx, prepared)) ?? 'done';
        await tx.query(`UPDATE platform.inbox_receipts SET outcome = $3 WHERE event_id = $1 AND consumer = $2`, [eventId, consumer.name, outcome]);
        this.logger.debug(`${consumer.name} ${eventId}: ${outcome}`);
        return outcome;
      });
    });
  }
}
