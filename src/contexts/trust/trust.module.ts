import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { DecisionsModule } from './decisions/index.js';
import { ReportsModule } from './reports/index.js';
import { ReviewQueueModule } from './review-queue/index.js';

/** What people report, what waits for a decision, and what is decided about whom. */
@Module({ imports: [QueueModule.forContext('trust'), ReviewQueueModule, DecisionsModule, ReportsModule] })
export class TrustModule {}
