import { BullModule, BullRegistrar, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, type DynamicModule, Global, Inject, Logger, Module, type OnApplicationBootstrap, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { createPostgresBackend, type Job, setDefaultBackendFactory, type WorkerOptions } from 'bullmq';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { DATABASE_URL } from '../database/database-url.js';
import { JobDispatcher } from './job-dispatcher.js';
import { JobRegistry } from './job-registry.js';
import { Queues } from './queues.js';

/**
 * A worker that is killed leaves its active jobs to be found again; short locks find them soon, and a job
 * may be found so any number of times, since a crash of the process is not the job's fault.
 */
const WORKER_OPTIONS: Partial<WorkerOptions> = { concurrency: 8, lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000 };

const queueNames: string[] = [];

/** BullMQ behind one door: one queue per context, on Postgres, or on Redis when `REDIS_URL` is set. */
@Global()
@Module({})
export class QueueModule implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queues: Queues,
    private readonly registrar: BullRegistrar,
  ) {}

  static forRoot(): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        DiscoveryModule,
        BullModule.forRootAsync({
          inject: [CONFIG, DATABASE_URL],
          extraOptions: { manualRegistration: true },
          useFactory: (config: Config, databaseUrl: string) => {
            setDefaultBackendFactory(config.redisUrl ? undefined : (createPostgresBackend as never));
            if (config.redisUrl) return { connection: redisConnection(config.redisUrl), prefix: 'pawtreon' };
            return { connection: { connectionString: databaseUrl, application_name: 'pawtreon-queue', max: 4 } as never };
          },
        }),
      ],
      providers: [JobRegistry, JobDispatcher, Queues],
      exports: [JobRegistry, JobDispatcher, Queues, BullModule],
    };
  }

  /** The queue of one context and the worker that runs its jobs. */
  static forContext(name: string): DynamicModule {
    if (!queueNames.includes(name)) queueNames.push(name);
    return {
      module: class ContextQueueModule {},
      imports: [BullModule.registerQueue({ name })],
      providers: [processorOf(name)],
      exports: [BullModule],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.has('worker')) return;
    this.registrar.register();
    await this.queues.applySchedules(queueNames);
  }
}

function processorOf(queue: string): Type<WorkerHost> {
  @Processor(queue, WORKER_OPTIONS)
  class ContextProcessor extends WorkerHost implements OnModuleInit, BeforeApplicationShutdown {
    private readonly logger = new Logger(ContextProcessor.name);

    constructor(
      @Inject(JobDispatcher) private readonly dispatcher: JobDispatcher,
      @Inject(CONFIG) private readonly config: Config,
      @Inject(Queues) private readonly queues: Queues,
    ) {
      super();
    }

    /** Every queue is known from the start, so that health and metrics see it. */
    onModuleInit(): void {
      this.queues.get(queue);
    }

    /** The library connects again by itself. */
    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.logger.warn(`worker of ${queue}: ${error.message}`);
    }

    /** Drains while the database is still there: active jobs end, waiting ones stay for the next process. */
    async beforeApplicationShutdown(): Promise<void> {
      if (this.config.roles.has('worker')) await this.worker.close();
    }

    process(job: Job): Promise<unknown> {
      return this.dispatcher.run(job);
    }
  }
  Object.defineProperty(ContextProcessor, 'name', { value: `${queue}Processor` });
  return ContextProcessor;
}

function redisConnection(url: string): object {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    username: username || undefined,
    password: password ? decodeURIComponent(password) : undefined,
    db: Number(pathname.slice(1) || 0),
    maxRetriesPerRequest: null,
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
