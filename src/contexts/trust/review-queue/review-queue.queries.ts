import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { REVIEW_PRIORITY, type ReviewKind, type ReviewPriority } from './review-item.entity.js';
import type { ReviewItemView, ReviewQueueQuery, ReviewSla, SlaView } from './review-queue.dto.js';

/** How far back the percentiles look: older answers say nothing about how staff keep up now. */
const PERCENTILE_DAYS = 90;

interface SlaRow extends Omit<ReviewSla, 'firstResponse' | 'resolution'> {
  kind: ReviewKind;
  firstResponse: number[] | null;
  resolution: number[] | null;
}

type ItemRow = Omit<ReviewItemView, 'priority'> & { priority: ReviewPriority; dueAt: Date };

/** Under which name the contract shows the promises about a kind. */
const SLA_KINDS: Record<keyof SlaView, ReviewKind> = {
  clinicClaims: 'clinic_claim',
  petServiceClaims: 'pet_service_claim',
  reports: 'case_report',
  communityReports: 'community_report',
};

/** Late: recorded as such, or due by now. A clock that stands is not late for having stood. */
const breachedAt = (now: string): string =>
  `(i.first_response_breached_at IS NOT NULL OR i.resolution_breached_at IS NOT NULL OR (i.resolved_at IS NULL AND i.due_at < coalesce(i.paused_at, ${now})))`;

/** Columns of `ReviewClocks` out of `trust.review_items i`, for whoever shows what waits. `now` is a parameter such as `$1`. */
export const reviewClocksSql = (now: string): string => `
  i.first_response_due_at AS "firstResponseDueAt", i.resolution_due_at AS "resolutionDueAt", i.first_responded_at AS "firstRespondedAt",
  ${breachedAt(now)} AS breached, i.paused_at AS "pausedAt",
  CASE WHEN i.claimed_until > ${now} THEN i.claimed_by END AS "claimedBy", CASE WHEN i.claimed_until > ${now} THEN i.claimed_until END AS "claimedUntil"`;

const BREACHED = breachedAt('$1');

/** Reads of the review queue. */
@Injectable()
export class ReviewQueueQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What waits: high priority first, then what is due next. */
  async queue(query: ReviewQueueQuery): Promise<Page<ReviewItemView>> {
    const after = decodeCursor(query.cursor, ['boolean', 'time', 'uuid']);
    const rows = await this.database.rows<ItemRow>(
      `SELECT i.id, i.kind, i.source_id AS "sourceId", i.target_context AS "targetContext", i.target_type AS "targetType", i.target_id AS "targetId",
              i.priority, i.opened_at AS "openedAt", i.due_at AS "dueAt", ${reviewClocksSql('$1')}
         FROM trust.review_items i
        WHERE i.resolved_at IS NULL AND ($2::text IS NULL OR i.kind = $2)
          AND ($3::boolean IS NULL OR coalesce(i.claimed_until > $1, false) = $3) AND ($4::boolean IS NULL OR ${BREACHED} = $4)
          AND ($5::int IS NULL OR (i.priority, i.due_at, i.id) > ($5, $6::timestamptz, $7::uuid))
        ORDER BY i.priority, i.due_at, i.id LIMIT $8`,
      [this.clock.now(), query.kind ?? null, query.claimed ?? null, query.breached ?? null, after && (after[0] ? REVIEW_PRIORITY.high : REVIEW_PRIORITY.normal), after?.[1] ?? null, after?.[2] ?? null, query.limit + 1],
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.priority === REVIEW_PRIORITY.high, row.dueAt.toISOString(), row.id],
      ({ priority, dueAt: _sorted, ...row }) => ({ ...row, priority: priority === REVIEW_PRIORITY.high ? 'high' : 'normal' }),
    );
  }

  /** How well the promises are kept (decision 14), in one statement. Time in pauses counts for nobody. */
  async sla(): Promise<SlaView> {
    const now = this.clock.now();
    const rows = await this.database.rows<SlaRow>(
      `SELECT i.kind,
              count(*) FILTER (WHERE i.resolved_at IS NULL)::int AS open,
              count(*) FILTER (WHERE i.resolved_at IS NULL AND i.paused_at IS NULL AND i.due_at >= $1 AND i.due_at <= $1 + interval '24 hours')::int AS "dueWithin24h",
              count(*) FILTER (WHERE i.resolved_at IS NULL AND ${BREACHED})::int AS breached,
              min(i.opened_at) FILTER (WHERE i.resolved_at IS NULL) AS "oldestAt",
              percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM i.first_responded_at - i.opened_at)::float8)
                FILTER (WHERE i.first_responded_at >= $2) AS "firstResponse",
              percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM i.resolved_at - i.opened_at)::float8 - i.paused_ms / 1000.0::float8)
                FILTER (WHERE i.resolved_at >= $2) AS resolution
         FROM trust.review_items i
        WHERE i.resolved_at IS NULL OR i.resolved_at >= $2
        GROUP BY i.kind`,
      [now, new Date(now.getTime() - PERCENTILE_DAYS * 86_400_000)],
    );
    const byKind = new Map(rows.map((row) => [row.kind, row]));
    return Object.fromEntries(Object.entries(SLA_KINDS).map(([name, kind]) => [name, slaOf(byKind.get(kind))])) as unknown as SlaView;
  }
}

function slaOf(row: SlaRow | undefined): ReviewSla {
  const percentiles = (both: number[] | null | undefined): ReviewSla['resolution'] => ({ p50Seconds: both?.[0] ?? null, p90Seconds: both?.[1] ?? null });
  return {
    open: row?.open ?? 0,
    dueWithin24h: row?.dueWithin24h ?? 0,
    breached: row?.breached ?? 0,
    oldestAt: row?.oldestAt ?? null,
    firstResponse: percentiles(row?.firstResponse),
    resolution: percentiles(row?.resolution),
  };
}
