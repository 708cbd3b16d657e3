import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getQueueToken } from '@nestjs/bullmq';
import type { JobsOptions, Queue } from 'bullmq';
import { JobRegistry, queueOf } from './job-registry.js';

/** Retries of a job: about 17 minutes in all, then it stays in the failed set until staff retry it. */
export const JOB_OPTIONS: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { age: 3_600, count: 2_000 },
  removeOnFail: { age: 30 * 86_400 },
};

/** Hands jobs to the queue of their context. Only the relay and the scheduler call it; services publish events. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly logger = new Logger(Queues.name);
  private readonly names = new Set<string>();

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly registry: JobRegistry,
  ) {}

  get(name: string): Queue {
    const queue = this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
    if (!this.names.has(name)) queue.on('error', (error) => this.logger.warn(`queue ${name}: ${error.message}`));
    this.names.add(name);
    return queue;
  }

  /** Enqueues every (event, consumer) pair; a pair that is already there is left alone. */
  async dispatch(events: { id: string; type: string }[]): Promise<void> {
    const perQueue = new Map<string, { name: string; data: { eventId: string }; opts: JobsOptions }[]>();
    for (const event of events) {
      for (const consumer of this.registry.consumersOf(event.type)) {
        const queue = queueOf(consumer.name);
        const jobs = perQueue.get(queue) ?? [];
        jobs.push({ name: consumer.name, data: { eventId: event.id }, opts: { ...JOB_OPTIONS, jobId: `${event.id}.${consumer.name}` } });
        perQueue.set(queue, jobs);
      }
    }
    await Promise.all([...perQueue].map(([queue, jobs]) => this.get(queue).addBulk(jobs)));
  }

  /** Brings the schedulers kept by the queues in line with the program: adds, changes, removes. */
  async applySchedules(queueNames: string[]): Promise<void> {
    for (const name of queueNames) {
      const queue = this.get(name);
      const wanted = [...this.registry.schedules.values()].filter((schedule) => queueOf(schedule.name) === name);
      for (const schedule of wanted) {
        const repeat = schedule.cron ? { pattern: schedule.cron, tz: 'UTC' } : { every: schedule.everyMs! };
        await queue.upsertJobScheduler(schedule.name, repeat, { name: schedule.name, data: {}, opts: { ...JOB_OPTIONS, attempts: 3 } });
      }
      for (const stored of await queue.getJobSchedulers()) {
        if (stored.key && !wanted.some((schedule) => schedule.name === stored.key)) await queue.removeJobScheduler(stored.key);
      }
    }
    this.logger.log(`${this.registry.schedules.size} schedules, ${this.registry.consumers.size} consumers on ${queueNames.length} queues`);
  }

  /** Waiting, active, delayed and failed jobs per queue. */
  async counts(): Promise<Record<string, Record<string, number>>> {
    const entries = [...this.names].map(async (name) => [name, await this.get(name).getJobCounts('waiting', 'active', 'delayed', 'failed')] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  onApplicationShutdown(): void {
    this.names.clear();
  }
}
