import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseCommentsService } from './case-comments.service.js';

/** What moderation may ask and do about comments on cases in its own transaction. */
@Injectable()
export class CaseCommentsFacade {
  constructor(private readonly comments: CaseCommentsService) {}

  /** A comment, deleted or not; null when there is none. */
  find(tx: Tx, id: string): Promise<{ id: string; caseId: string; authorId: string; content: string; deletedAt: Date | null } | null> {
    return this.comments.find(tx, id);
  }

  /**
   * Takes a comment from the public; what it said stays as evidence for staff. Answers whether it was shown until now.
   * @throws CommentNotFound
   */
  hide(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<boolean> {
    return this.comments.hideComment(tx, actor, id, reason);
  }

  /**
   * Shows a hidden comment again, while it is known what it said.
   * @throws CommentNotFound
   */
  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.comments.restoreComment(tx, actor, id, reason);
  }
}
