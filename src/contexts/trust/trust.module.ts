import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { ReviewQueueModule } from './review-queue/index.js';

/** What people report, what waits for a decision, and what is decided about whom. */
@Module({ imports: [QueueModule.forContext('trust'), ReviewQueueModule] })
export class TrustModule {}
