import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { ReviewClockService } from './review-clock.service.js';
import { ReviewItem } from './review-item.entity.js';
import { ReviewQueueAdminController } from './review-queue.admin.controller.js';
import { reviewItemsResource } from './review-queue.admin.js';
import { ReviewQueueFacade } from './review-queue.facade.js';
import { ReviewQueueQueries } from './review-queue.queries.js';
import { ReviewQueueWorker } from './review-queue.worker.js';

/** The one queue of everything that waits for staff, with its clocks. */
@Module({
  imports: [TypeOrmModule.forFeature([ReviewItem]), BackofficeResourcesModule.forFeature([reviewItemsResource])],
  controllers: [ReviewQueueAdminController],
  providers: [ReviewQueueFacade, ReviewClockService, ReviewQueueQueries, ReviewQueueWorker],
  exports: [ReviewQueueFacade],
})
export class ReviewQueueModule {}
