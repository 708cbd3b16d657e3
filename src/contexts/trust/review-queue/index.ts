export { ReviewQueueFacade, type NewReviewItem } from './review-queue.facade.js';
export { ReviewQueueModule } from './review-queue.module.js';
export { reviewItemBreached } from './review-queue.events.js';
export { ReviewItemClaimed, ReviewItemDecided } from './review-queue.errors.js';
export { REVIEW_PRIORITY, type ReviewKind } from './review-item.entity.js';
export { ReviewClocks } from './review-queue.dto.js';
export { reviewClocksSql } from './review-queue.queries.js';
