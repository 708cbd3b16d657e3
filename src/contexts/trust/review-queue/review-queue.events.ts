import { defineEvent } from '../../../platform/outbox/event.js';
import type { ReviewClock, ReviewKind } from './review-item.entity.js';

/** Something waits for staff longer than was promised; once per item and clock. */
export const reviewItemBreached = defineEvent<{
  reviewItemId: string;
  kind: ReviewKind;
  sourceId: string;
  clock: ReviewClock;
  /** ISO 8601 time at which the clock ran out. */
  dueAt: string;
}>('trust.review_item.breached.v1');
