import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AchievementsModule } from './achievements/index.js';

/** What brings people back: achievements. */
@Module({ imports: [QueueModule.forContext('engagement'), AchievementsModule] })
export class EngagementModule {}
