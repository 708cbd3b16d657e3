import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Forbidden, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { caseChannel, CasesFacade } from '../cases/index.js';
import { CaseComment, DELETED_COMMENT } from './case-comment.entity.js';
import { caseCommentDeleted, caseCommentRestored } from './case-comments.audit.js';
import type { AddCommentBody, CaseCommentView } from './case-comments.dto.js';
import { CommentNotFound } from './case-comments.errors.js';
import { caseCommentAdded } from './case-comments.events.js';
import { CaseCommentsQueries } from './case-comments.queries.js';

/** Decision 19: how long staff can look up what a deleted comment said. */
const EVIDENCE_MS = 90 * 86_400_000;

/** People talk about a case (behaviour 2.16). The case is locked first, so that its count is exact. */
@Injectable()
export class CaseCommentsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: CasesFacade,
    private readonly queries: CaseCommentsQueries,
  ) {}

  /**
   * Writes a comment, on closed cases too.
   * @throws CaseNotFound; ValidationFailed for a parent that takes no replies
   */
  addComment(actor: UserActor, caseId: string, { content, parentId }: AddCommentBody): Promise<CaseCommentView> {
    return this.database.transaction(async (tx) => {
      const { userId: caseOwnerId } = await this.cases.lockVisible(tx, actor, caseId);
      const parent = parentId ? await this.parentOf(tx, caseId, parentId) : null;
      const id = newId();
      await tx.manager.insert(CaseComment, { id, userId: actor.userId, caseId, content, parentId: parent?.id ?? null, createdAt: this.clock.now() });
      await this.queries.count(tx, caseId, 1);
      const view = await this.queries.view(tx, id);
      tx.publish(caseCommentAdded({ caseId, caseOwnerId, commentId: id, authorId: actor.userId, parentAuthorId: parent?.userId ?? null }));
      tx.signal(caseChannel(caseId), 'case.comment', view);
      return view;
    });
  }

  /**
   * Deletes a comment as its author or as an admin: its place stays, what it said stays as evidence for staff.
   * @throws CommentNotFound when it was deleted before or its case is hidden from `actor`; Forbidden
   */
  deleteComment(actor: Actor, id: string, reason: string | null): Promise<CaseCommentView> {
    return this.database.transaction(async (tx) => {
      const comment = await this.lock(tx, actor, id);
      if (!comment || comment.deletedAt) throw new CommentNotFound();
      if (!isAdmin(actor) && userIdOf(actor) !== comment.userId) throw new Forbidden('Only its author or an admin may delete this comment');
      return this.replace(tx, actor, comment, reason);
    });
  }

  /**
   * Takes a comment from the public in the caller's transaction; answers whether it was shown until now.
   * @throws CommentNotFound
   */
  async hideComment(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<boolean> {
    const comment = await this.lock(tx, actor, id);
    if (!comment) throw new CommentNotFound();
    if (comment.deletedAt) return false;
    await this.replace(tx, actor, comment, reason);
    return true;
  }

  /**
   * Puts a comment back in the caller's transaction. What it said may be forgotten by now; then nothing comes back.
   * @throws CommentNotFound
   */
  async restoreComment(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    const comment = await this.lock(tx, actor, id);
    if (!comment) throw new CommentNotFound();
    if (comment.evidence === null) return;
    await tx.manager.update(CaseComment, id, { content: comment.evidence, evidence: null, deletedAt: null });
    await this.queries.count(tx, comment.caseId, 1);
    tx.audit(actor, caseCommentRestored, id, { caseId: comment.caseId, reason });
    tx.signal(caseChannel(comment.caseId), 'case.comment', await this.queries.view(tx, id));
  }

  /** A comment as moderation sees it; of a deleted one, what it said as long as that is kept. */
  async find(tx: Tx, id: string): Promise<{ id: string; caseId: string; authorId: string; content: string; deletedAt: Date | null } | null> {
    const row = await tx.manager.findOneBy(CaseComment, { id });
    return row && { id, caseId: row.caseId, authorId: row.userId, content: row.evidence ?? row.content, deletedAt: row.deletedAt };
  }

  /** Everything that an erased person wrote goes at once, evidence too. */
  forget(tx: Tx, userId: string): Promise<void> {
    return this.queries.forget(tx, userId, this.clock.now(), DELETED_COMMENT);
  }

  /** Forgets what long deleted comments said. */
  purgeEvidence(): Promise<number> {
    return this.queries.purgeEvidence(new Date(this.clock.now().getTime() - EVIDENCE_MS));
  }

  /** Its case first, as every write to comments does; null when there is none that `actor` may see. */
  private async lock(tx: Tx, actor: Actor, id: string): Promise<CaseComment | null> {
    const found = await tx.manager.findOneBy(CaseComment, { id });
    if (!found) return null;
    await this.cases.lockVisible(tx, actor, found.caseId);
    return tx.lock(CaseComment, { id });
  }

  private async replace(tx: Tx, actor: Actor, { id, caseId, userId, content }: CaseComment, reason: string | null): Promise<CaseCommentView> {
    await tx.manager.update(CaseComment, id, { content: DELETED_COMMENT, evidence: content, deletedAt: this.clock.now() });
    await this.queries.count(tx, caseId, -1);
    tx.audit(actor, caseCommentDeleted, id, { caseId, by: userIdOf(actor) === userId ? 'author' : 'moderator', reason });
    const view = await this.queries.view(tx, id);
    tx.signal(caseChannel(caseId), 'case.comment', view);
    return view;
  }

  private async parentOf(tx: Tx, caseId: string, id: string): Promise<CaseComment> {
    const parent = await tx.manager.findOneBy(CaseComment, { id, caseId });
    if (!parent || parent.deletedAt) throw invalidParent('must be a comment of this case that was not deleted');
    if (parent.parentId) throw invalidParent('is a reply itself; answer the comment above it');
    return parent;
  }
}

const invalidParent = (message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path: 'parentId', message }] });
