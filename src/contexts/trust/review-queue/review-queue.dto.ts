import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { QueryFlag } from '../../../platform/http/query-flag.js';
import { REVIEW_KINDS, type ReviewKind } from './review-item.entity.js';

/** Which part of the queue to show. */
export class ReviewQueueQuery extends PageQuery {
  /** Only things of this kind. */
  @IsOptional() @IsIn(REVIEW_KINDS)
  kind?: ReviewKind;

  /** `true`: somebody is at it now; `false`: nobody is. */
  @IsOptional() @QueryFlag()
  claimed?: boolean;

  /** `true`: a clock has run out; `false`: both are kept so far. */
  @IsOptional() @QueryFlag()
  breached?: boolean;
}

/** The clocks of something that waits. */
export class ReviewClocks {
  /** When somebody should have looked at it at the latest. */
  firstResponseDueAt: Date;
  /** When it should be decided at the latest; pauses move it on. */
  resolutionDueAt: Date;
  /** When somebody looked at it. */
  firstRespondedAt: Date | null;
  /** Whether one of the two was or is late. */
  breached: boolean;
  /** Since when the clock stands because an answer from outside is waited for. */
  pausedAt: Date | null;
  /** Who is at it: `user:<id>` or `staff:<id>`; null when nobody is. @example "user:01890a5d-ac96-774b-bcce-b302099a8057" */
  claimedBy: string | null;
  /** When that claim expires. */
  claimedUntil: Date | null;
}

/** One thing that waits for a decision of staff. */
export class ReviewItemView extends ReviewClocks {
  /** UUID of the place in the queue. */
  id: string;
  /** What it is. */
  kind: ReviewKind;
  /** UUID of the report, appeal or claim itself. */
  sourceId: string;
  /** Context that owns what it is about. @example "rescue" */
  targetContext: string;
  /** What it is about. @example "case" */
  targetType: string;
  /** UUID of what it is about. */
  targetId: string;
  /** High first: what is about a case of high risk. */
  priority: 'high' | 'normal';
  /** Since when it waits. */
  openedAt: Date;
}

export class ReviewItemPage {
  items: ReviewItemView[];
  nextCursor: string | null;
}

/** How long things took, pauses left out, of what was answered in the last 90 days; null when nothing was. */
export class ReviewPercentiles {
  /** Seconds within which half of them were done. */
  p50Seconds: number | null;
  /** Seconds within which nine of ten were done. */
  p90Seconds: number | null;
}

/** How well the promises about one kind of thing are kept. */
export class ReviewSla {
  /** How many wait. */
  open: number;
  /** How many of them have their next clock run out within 24 hours; paused ones have not. */
  dueWithin24h: number;
  /** How many of those that wait are late, or were with the first response. */
  breached: number;
  /** Since when the oldest of them waits. */
  oldestAt: Date | null;
  /** From opening to the first look. */
  firstResponse: ReviewPercentiles;
  /** From opening to the decision. */
  resolution: ReviewPercentiles;
}

/** The promises about everything that waits for staff. */
export class SlaView {
  /** Claims of ownership of clinics: 24 h to the first response, 72 h to the decision. */
  clinicClaims: ReviewSla;
  /** Claims of ownership of pet services: 24 h and 72 h. */
  petServiceClaims: ReviewSla;
  /** Reports about cases: 24 h and 48 h, those of the system included. */
  reports: ReviewSla;
  /** Reports about what people write: 24 h and 24 h. */
  communityReports: ReviewSla;
}
