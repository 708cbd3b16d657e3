import { defineResource } from '../../../platform/backoffice/index.js';
import { REVIEW_KINDS, ReviewItem } from './review-item.entity.js';

/** What waits for staff. It is decided on the page of the report, appeal or claim itself. */
export const reviewItemsResource = defineResource({
  entity: ReviewItem,
  context: 'trust',
  label: 'Review queue',
  title: 'kind',
  listColumns: ['kind', 'priority', 'targetType', 'targetId', 'dueAt', 'claimedBy', 'claimedUntil', 'resolvedAt'],
  sort: { by: 'dueAt', direction: 'asc' },
  enums: { kind: REVIEW_KINDS },
});
