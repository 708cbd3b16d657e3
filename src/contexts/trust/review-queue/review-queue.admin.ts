import { defineResource, type SectionCell } from '../../../platform/backoffice/index.js';
import type { SlaView } from './review-queue.dto.js';
import { REVIEW_KINDS, ReviewItem } from './review-item.entity.js';
import { ReviewQueueQueries } from './review-queue.queries.js';

/** What waits for staff. It is decided on the page of the report, appeal or claim itself. */
export const reviewItemsResource = defineResource({
  entity: ReviewItem,
  context: 'trust',
  label: 'Review queue',
  title: 'kind',
  listColumns: ['kind', 'priority', 'targetType', 'targetId', 'dueAt', 'claimedBy', 'claimedUntil', 'resolvedAt'],
  sort: { by: 'dueAt', direction: 'asc' },
  enums: { kind: REVIEW_KINDS },
  panel: {
    title: 'What waits for a decision',
    load: async ({ get }) => {
      const sla = await get(ReviewQueueQueries).sla();
      return {
        kind: 'table',
        columns: ['', 'Waiting', 'Due within 24 h', 'Late', 'Oldest since', 'First response, half / nine of ten', 'Decision, half / nine of ten'],
        rows: (Object.keys(SLA_LABELS) as (keyof SlaView)[]).map((name): SectionCell[] => {
          const { open, dueWithin24h, breached, oldestAt, firstResponse, resolution } = sla[name];
          return [SLA_LABELS[name], open, dueWithin24h, breached, oldestAt && { kind: 'time', at: oldestAt }, hours(firstResponse), hours(resolution)];
        }),
        empty: 'Nothing waits.',
      };
    },
  },
});

const SLA_LABELS: Record<keyof SlaView, string> = {
  reports: 'Reports of cases',
  communityReports: 'Reports of content',
  clinicClaims: 'Claims of clinics',
  petServiceClaims: 'Claims of pet services',
};

/** Two durations in hours, of the last 90 days. */
function hours({ p50Seconds, p90Seconds }: SlaView['reports']['resolution']): string {
  const inHours = (seconds: number | null): string => (seconds === null ? '–' : `${(seconds / 3_600).toFixed(1)} h`);
  return `${inHours(p50Seconds)} / ${inHours(p90Seconds)}`;
}
