import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseCommentsFacade, CommentNotFound } from '../../rescue/case-social/index.js';
import { CaseModerationFacade } from '../../rescue/cases/index.js';
import type { ModerationTarget, TargetKind } from './moderation-target.js';

/** Comments on cases; they go with a case that is hidden. */
@Injectable()
export class CaseCommentTarget implements TargetKind {
  readonly context = 'rescue';
  readonly type = 'case_comment';
  readonly notFound = CommentNotFound;

  constructor(
    private readonly comments: CaseCommentsFacade,
    private readonly cases: CaseModerationFacade,
  ) {}

  async find(tx: Tx, id: string): Promise<ModerationTarget | null> {
    const comment = await this.comments.find(tx, id);
    const about = comment && (await this.cases.find(tx, comment.caseId));
    if (!about) return null;
    const { context, type } = this;
    const visible = comment.deletedAt === null && !about.hidden;
    return { context, type, id, ownerId: comment.authorId, involved: [], caseId: comment.caseId, excerpt: comment.content, visible, urgent: false };
  }

  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    return this.comments.hide(tx, actor, id, reason);
  }

  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.comments.restore(tx, actor, id, reason);
  }
}
