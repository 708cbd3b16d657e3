import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { ProblemClass } from '../../../platform/http/problem.js';

/** What can be reported besides cases: threads and comments of the forum, comments on cases, adoption listings. */
export const CONTENT_TYPES = ['post', 'comment', 'case_comment', 'adoption'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

export const TARGET_TYPES = ['case', ...CONTENT_TYPES] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** What a decision does to somebody, so that they are told why and may appeal. */
export const SANCTIONS = ['hide_case', 'hide_content', 'lock_thread', 'warn_user'] as const;
export type Sanction = (typeof SANCTIONS)[number];

/** Something of somebody's that moderation looks at. */
export interface ModerationTarget {
  context: string;
  type: TargetType;
  id: string;
  /** Whose it is. */
  ownerId: string;
  /** People beside the owner who must not judge it. */
  involved: readonly string[];
  /** The case that it is, or hangs on. */
  caseId: string | null;
  /** Beginning of what it says. */
  excerpt: string;
  /** Whether the public sees it. */
  visible: boolean;
  /** Whether it comes first in the queue. */
  urgent: boolean;
}

/**
 * How one type of target is moderated: asked and changed through the face of the module that owns it, in the
 * transaction of the decision. A context whose things can be reported adds one and lists it in `ModerationTargets`.
 */
export interface TargetKind {
  readonly context: string;
  readonly type: TargetType;
  readonly notFound: ProblemClass;

  /** It as it is now, hidden or not; null when there is none. */
  find(tx: Tx, id: string): Promise<ModerationTarget | null>;

  /** Takes it from the public; answers whether anything changed. */
  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean>;

  /** Shows it again. */
  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void>;

  /** Keeps others from adding to the thread that it is or belongs to; answers whether anything changed. */
  lock?(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean>;

  /** Lets others add to it again. */
  unlock?(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void>;
}
