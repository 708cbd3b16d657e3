import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AchievementsModule } from './achievements/index.js';
import { NotificationsModule } from './notifications/index.js';

/** What brings people back: achievements and notifications. */
@Module({ imports: [QueueModule.forContext('engagement'), AchievementsModule, NotificationsModule] })
export class EngagementModule {}
