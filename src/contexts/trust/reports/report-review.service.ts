import { Injectable } from '@nestjs/common';
import { type Actor, personOf, type StaffActor, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DecisionsFacade } from '../decisions/index.js';
import { REVIEW_PRIORITY, ReviewQueueFacade } from '../review-queue/index.js';
import { type ModerationTarget, ModerationTargets, SanctionUnavailable, SelfReviewForbidden } from '../targets/index.js';
import { type AnyReport, isPending, type ReportAction, type ReportBook, sanctionOf, targetOf } from './report-books.js';
import type { CommunityReport } from './report.entity.js';
import { ReportClosed, ReportNotFound } from './reports.errors.js';

type Reviewer = UserActor | StaffActor;

/** What staff do with reports (behaviour 2.21): one after the other looks at it, one decides, nobody about their own. */
@Injectable()
export class ReportReviewService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: ReviewQueueFacade,
    private readonly targets: ModerationTargets,
    private readonly decisions: DecisionsFacade,
  ) {}

  /**
   * Takes a report for oneself. Taking one's own again extends the claim; after it expired anybody may.
   * @throws ReportNotFound, ReportClosed, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  startReview(actor: Reviewer, book: ReportBook, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { report } = await this.lockPending(tx, actor, book, id);
      await this.queue.claim(tx, actor, book.kind, id);
      await this.queue.respond(tx, actor, book.kind, id);
      await tx.manager.update<AnyReport>(book.entity, id, { status: 'reviewing', ...this.reviewer(actor) });
      tx.audit(actor, book.audit.reviewing, id, { before: { status: report.status }, after: { status: 'reviewing' }, target: targetOf(report) });
    });
  }

  /**
   * Gives a report back before the claim expires; that it was looked at stays.
   * @throws ReportNotFound, ReportClosed, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  release(actor: Reviewer, book: ReportBook, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.lockPending(tx, actor, book, id);
      await this.queue.release(tx, actor, book.kind, id);
    });
  }

  /**
   * Decides about a report, with all that follows from it in one transaction: the effect on the target or its owner,
   * the statement of reasons, the clocks. Other reports on the same target stay as they are.
   * @param notes the affected person reads them; null tells them a text that fits the action
   * @throws ReportNotFound, ReportClosed, SelfReviewForbidden, SanctionUnavailable; ReviewItemClaimed while somebody else is at it
   */
  resolve(actor: Reviewer, book: ReportBook, id: string, action: ReportAction, notes: string | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { report, target } = await this.lockPending(tx, actor, book, id);
      await this.queue.resolve(tx, actor, book.kind, id);
      const after = { status: action === 'dismiss' ? book.dismissed : 'closed', resolutionAction: action } as Pick<CommunityReport, 'status' | 'resolutionAction'>;
      await tx.manager.update<AnyReport>(book.entity, id, { ...after, ...this.reviewer(actor), resolutionNotes: notes });
      const sanction = sanctionOf(action);
      if (sanction) await this.impose(tx, actor, id, sanction, target, notes);
      tx.audit(actor, book.audit.resolved, id, { before: { status: report.status }, after, reason: notes, target: targetOf(report) });
    });
  }

  /** What waits about a case comes first while its risk is high. */
  async followRisk(tx: Tx, caseId: string): Promise<void> {
    const urgent = (await this.targets.find(tx, 'case', caseId))?.urgent ?? false;
    await this.queue.reprioritise(tx, { type: 'case', id: caseId }, urgent ? REVIEW_PRIORITY.high : REVIEW_PRIORITY.normal);
  }

  private async impose(tx: Tx, actor: Actor, reportId: string, sanction: NonNullable<ReturnType<typeof sanctionOf>>, target: ModerationTarget | null, notes: string | null): Promise<void> {
    if (!target) throw new SanctionUnavailable();
    const changed = await this.targets.impose(tx, actor, sanction, target, notes ?? 'Outcome of a report');
    // Whoever was told before that their case is hidden is not told again.
    if (!changed) return;
    await this.decisions.state(tx, { action: sanction, target, reason: notes, decidedBy: personOf(actor), reportId, decidedAt: this.clock.now() });
  }

  private async lockPending(tx: Tx, actor: Reviewer, { entity }: ReportBook, id: string): Promise<{ report: AnyReport; target: ModerationTarget | null }> {
    const report = await tx.lock<AnyReport>(entity, { id });
    if (!report) throw new ReportNotFound();
    if (!isPending(report)) throw new ReportClosed();
    const { type, id: targetId } = targetOf(report);
    const target = await this.targets.find(tx, type, targetId);
    const involved = [report.reporterId, target?.ownerId, ...(target?.involved ?? [])].filter(Boolean).map((userId) => `user:${userId}`);
    if (involved.includes(personOf(actor)!)) throw new SelfReviewForbidden();
    return { report, target };
  }

  private reviewer(actor: Reviewer): Pick<AnyReport, 'reviewedBy' | 'reviewedByStaff' | 'reviewedAt'> {
    return { reviewedBy: userIdOf(actor), reviewedByStaff: actor.kind === 'staff' ? actor.staffId : null, reviewedAt: this.clock.now() };
  }
}
