import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { CONSUMER_METADATA, type ConsumerMetadata, type EventConsumer } from '../outbox/consumer.js';
import { SCHEDULE_METADATA, type ScheduleMetadata } from './scheduled.js';

export interface RegisteredConsumer extends ConsumerMetadata {
  instance: EventConsumer<unknown, unknown>;
}

export interface RegisteredSchedule extends ScheduleMetadata {
  run: () => Promise<unknown>;
}

/** Every consumer and scheduled job of the program, each name exactly once. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  readonly consumers = new Map<string, RegisteredConsumer>();
  readonly schedules = new Map<string, RegisteredSchedule>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || typeof metatype !== 'function') continue;
      this.addConsumer(instance as object, metatype);
      this.addSchedules(instance as object);
    }
  }

  /** Consumers that want an event of this type. */
  consumersOf(type: string): RegisteredConsumer[] {
    return [...this.consumers.values()].filter((consumer) => consumer.event === type);
  }

  private addConsumer(instance: object, metatype: object): void {
    const metadata: ConsumerMetadata | undefined = Reflect.getMetadata(CONSUMER_METADATA, metatype);
    if (!metadata) return;
    this.assertNew(metadata.name);
    this.consumers.set(metadata.name, { ...metadata, instance: instance as EventConsumer<unknown, unknown> });
  }

  private addSchedules(instance: object): void {
    const prototype: object = Object.getPrototypeOf(instance);
    for (const key of this.scanner.getAllMethodNames(prototype)) {
      const method = (prototype as Record<string, () => Promise<unknown>>)[key]!;
      const metadata: ScheduleMetadata | undefined = Reflect.getMetadata(SCHEDULE_METADATA, method);
      if (!metadata) continue;
      this.assertNew(metadata.name);
      this.schedules.set(metadata.name, { ...metadata, run: () => method.call(instance) });
    }
  }

  private assertNew(name: string): void {
    if (this.consumers.has(name) || this.schedules.has(name)) throw new Error(`Job ${name} has two handlers`);
  }
}

/** The queue a job runs on: the context that its name starts with. */
export const queueOf = (jobName: string): string => jobName.slice(0, jobName.indexOf('.'));
