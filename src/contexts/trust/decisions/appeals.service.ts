import { Injectable } from '@nestjs/common';
import { type Actor, personOf, type StaffActor, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { REVIEW_PRIORITY, ReviewQueueFacade } from '../review-queue/index.js';
import { ModerationTargets, SelfReviewForbidden } from '../targets/index.js';
import { Appeal, type AppealDecision } from './appeal.entity.js';
import { Decision } from './decision.entity.js';
import { appealReviewed, appealSubmitted } from './decisions.audit.js';
import { AppealDecided, AppealExists, AppealNotFound, AppealWindowClosed, DecisionNotFound } from './decisions.errors.js';
import { appealDecided } from './decisions.events.js';

/** Somebody looks within two days, and it is decided within a week. */
const CLOCKS = { firstResponseHours: 48, resolutionHours: 168 };

/** Appeals against decisions: made once by whom they concern, judged by somebody else than who decided. */
@Injectable()
export class AppealsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: ReviewQueueFacade,
    private readonly targets: ModerationTargets,
  ) {}

  /**
   * Appeals against a decision about oneself; answers the appeal's id.
   * @throws DecisionNotFound also for others' decisions; AppealExists, AppealWindowClosed
   */
  submit(actor: UserActor, decisionId: string, text: string): Promise<string> {
    return this.database.transaction(async (tx) => {
      // Two appeals at once take turns on the decision.
      const decision = await tx.lock(Decision, { id: decisionId, userId: actor.userId });
      if (!decision) throw new DecisionNotFound();
      if (await tx.manager.existsBy(Appeal, { decisionId })) throw new AppealExists();
      const now = this.clock.now();
      if (now > decision.appealUntil) throw new AppealWindowClosed({ extra: { appealUntil: decision.appealUntil.toISOString() } });
      const id = newId();
      await tx.manager.insert(Appeal, { id, decisionId, userId: actor.userId, text, createdAt: now });
      const target = { context: decision.targetContext, type: decision.targetType, id: decision.targetId };
      await this.queue.open(tx, { kind: 'appeal', sourceId: id, target, priority: REVIEW_PRIORITY.normal, openedAt: now, ...CLOCKS });
      tx.audit(actor, appealSubmitted, id, { decisionId });
      return id;
    });
  }

  /**
   * Judges an appeal. An overturned decision is undone as far as that goes: a hidden case is shown again, though one
   * that was closed stays closed (behaviour 2.5); a warning no longer counts.
   * @throws AppealNotFound, AppealDecided, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  review(actor: UserActor | StaffActor, id: string, outcome: AppealDecision, notes: string | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { appeal, decision } = await this.lockPending(tx, actor, id);
      await this.queue.resolve(tx, actor, 'appeal', id);
      const reviewedAt = this.clock.now();
      const reviewedByStaff = actor.kind === 'staff' ? actor.staffId : null;
      await tx.manager.update(Appeal, id, { status: outcome, reviewedBy: userIdOf(actor), reviewedByStaff, reviewedAt, notes });
      if (outcome === 'overturned') {
        await this.targets.lift(tx, actor, decision.action, { type: decision.targetType, id: decision.targetId, ownerId: decision.userId }, notes);
        await tx.manager.update(Decision, decision.id, { overturnedAt: reviewedAt });
      }
      tx.audit(actor, appealReviewed, id, { before: { status: 'pending' }, after: { status: outcome }, reason: notes, decisionId: decision.id, action: decision.action });
      tx.publish(appealDecided({ appealId: id, userId: appeal.userId, decision: outcome, caseId: decision.caseId }));
    });
  }

  /**
   * Takes an appeal for oneself, which counts as the first response.
   * @throws AppealNotFound, AppealDecided, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  claim(actor: UserActor | StaffActor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.lockPending(tx, actor, id);
      await this.queue.claim(tx, actor, 'appeal', id);
      await this.queue.respond(tx, actor, 'appeal', id);
    });
  }

  /**
   * Gives an appeal back.
   * @throws AppealNotFound, AppealDecided, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  release(actor: UserActor | StaffActor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.lockPending(tx, actor, id);
      await this.queue.release(tx, actor, 'appeal', id);
    });
  }

  /** What an erased person wrote in their appeals goes. */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.manager.update(Appeal, { userId }, { text: null });
  }

  private async lockPending(tx: Tx, actor: Actor, id: string): Promise<{ appeal: Appeal; decision: Decision }> {
    const appeal = await tx.lock(Appeal, { id });
    if (!appeal) throw new AppealNotFound();
    if (appeal.status !== 'pending') throw new AppealDecided();
    const decision = await tx.manager.findOneByOrFail(Decision, { id: appeal.decisionId });
    if ([decision.decidedBy, `user:${appeal.userId}`].includes(personOf(actor))) throw new SelfReviewForbidden();
    return { appeal, decision };
  }
}
