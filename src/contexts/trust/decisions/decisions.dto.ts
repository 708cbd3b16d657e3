import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { ReviewClocks } from '../review-queue/index.js';
import type { Sanction, TargetType } from '../targets/index.js';
import { APPEAL_DECISIONS, APPEAL_STATUSES, type AppealDecision, type AppealStatus } from './appeal.entity.js';

/** What the affected person has to say against a decision. */
export class AppealBody {
  /** 1 to 2000 characters. @example "The clinic's invoice is in the third update." */
  @PlainText({ max: 2_000, multiline: true })
  text: string;
}

/** What comes of an appeal. */
export class AppealReviewBody {
  /** `upheld`: the decision stands; `overturned`: it is taken back as far as that goes. @example overturned */
  @IsIn(APPEAL_DECISIONS)
  decision: AppealDecision;

  /** Why; the person who appealed reads it. Up to 2000 characters. @example "The invoice is genuine; we were wrong." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  notes?: string;
}

/** Which appeals to show. */
export class AppealsQuery extends PageQuery {
  /** Only those in this state; `pending` unless told. */
  @IsOptional() @IsIn(APPEAL_STATUSES)
  status?: AppealStatus = 'pending';
}

/** An appeal as its author sees it. */
export class AppealView {
  /** UUID of the appeal. */
  id: string;
  /** UUID of the decision that it is against. */
  decisionId: string;
  /** Whether it waits, or what came of it. */
  status: AppealStatus;
  /** What its author wrote; null once they are erased. */
  text: string | null;
  /** When it was made. */
  createdAt: Date;
  /** When it was judged. */
  reviewedAt: Date | null;
  /** Why it was judged so. */
  notes: string | null;
}

/** What staff decided about something of the caller's, and why. */
export class DecisionView {
  /** UUID of the decision. */
  id: string;
  /** What was done. */
  action: Sanction;
  /** Why. @example "The pictures belong to another animal." */
  reason: string;
  /** When it was decided. */
  decidedAt: Date;
  /** Until when the caller may appeal, once. */
  appealUntil: Date;
  /** What it is about. */
  targetType: TargetType;
  /** UUID of what it is about. */
  targetId: string;
  /** UUID of the case that this is, or hangs on. */
  caseId: string | null;
  /** When an appeal took it back. */
  overturnedAt: Date | null;
  /** The caller's appeal. */
  appeal: AppealView | null;
}

export class DecisionPage {
  items: DecisionView[];
  nextCursor: string | null;
}

/** A person as staff see them beside a report or an appeal. */
export class PersonView {
  /** UUID of the person. */
  id: string;
  /** Name they are shown by. @example Mila */
  name: string;
}

/** An appeal as staff see it: what it is against, who made it, and its clocks. */
export class AdminAppealView extends ReviewClocks {
  /** UUID of the appeal. */
  id: string;
  /** Whether it waits, or what came of it. */
  status: AppealStatus;
  /** What its author wrote; null once they are erased. */
  text: string | null;
  /** Who appealed. */
  user: PersonView;
  /** UUID of the decision that it is against. */
  decisionId: string;
  /** What was done. */
  action: Sanction;
  /** Why it was done. */
  reason: string;
  /** When it was decided. */
  decidedAt: Date;
  /** Who decided: `user:<id>` or `staff:<id>`. They cannot judge the appeal. */
  decidedBy: string | null;
  /** What it is about. */
  targetType: TargetType;
  /** UUID of what it is about. */
  targetId: string;
  /** UUID of the case that this is, or hangs on. */
  caseId: string | null;
  /** When the appeal was made. */
  createdAt: Date;
  /** Who judged it; null too for staff without an account of their own in the system. */
  reviewer: PersonView | null;
  /** When it was judged. */
  reviewedAt: Date | null;
  /** Why it was judged so. */
  notes: string | null;
}

export class AdminAppealPage {
  items: AdminAppealView[];
  nextCursor: string | null;
}
