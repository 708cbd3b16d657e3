import { Injectable } from '@nestjs/common';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Database } from '../database/database.js';
import { Queues } from '../queue/queues.js';

/** Prometheus metrics of this process, and of the queues and outbox it shares with others. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  constructor(database: Database, queues: Queues) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'queue_jobs',
      help: 'Jobs by queue and state',
      labelNames: ['queue', 'state'],
      registers: [this.registry],
      async collect() {
        this.reset();
        const queueCounts = await answerOrNull(queues.counts());
        for (const [queue, counts] of Object.entries(queueCounts ?? {})) for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
      },
    });
    new Gauge({
      name: 'outbox_waiting_events',
      help: 'Committed events that the relay has not handed to a queue yet',
      registers: [this.registry],
      async collect() {
        const row = await answerOrNull(database.row<{ n: string }>(`SELECT count(*) AS n FROM platform.outbox_events WHERE published_at IS NULL`));
        if (row) this.set(Number(row.n));
        else this.remove();
      },
    });
    new Gauge({
      name: 'alerts_open',
      help: 'Alerts that nobody has resolved, by kind',
      labelNames: ['kind'],
      registers: [this.registry],
      async collect() {
        this.reset();
        const rows = await answerOrNull(database.rows<{ kind: string; n: string }>(`SELECT kind, count(*) AS n FROM platform.alerts WHERE resolved_at IS NULL GROUP BY kind`));
        for (const { kind, n } of rows ?? []) this.set({ kind }, Number(n));
      },
    });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }
}

/** A store that is away leaves its series out: the metrics of the process matter most just then. */
const answerOrNull = <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null);
