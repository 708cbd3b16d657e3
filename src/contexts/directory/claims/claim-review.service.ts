import { Injectable } from '@nestjs/common';
import { type Actor, type StaffActor, SYSTEM, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { IllegalTransition, SelfReviewForbidden } from '../../../platform/http/problem.js';
import { ReviewQueueFacade } from '../../trust/review-queue/index.js';
import type { ClaimKind } from './claim-kinds.js';
import type { Claim } from './claim.entity.js';
import type { ReviewClaim } from './claims.dto.js';
import { ClaimContested, ClaimDecided, ClaimNotFound } from './claims.errors.js';
import { claimDecided, claimQuestionAsked } from './claims.events.js';
import { hasPart, isTaken, type Listing, ownerIsHeard } from './claims.policy.js';

type Reviewer = UserActor | StaffActor;

export type ClaimDecision = { decision: 'approved' } | { decision: 'rejected'; reason: string };

/** What a claimant reads when staff give no reason. */
const NOT_ELIGIBLE = 'Not eligible: we could not confirm that this listing is yours to run.';
/** What the others read when one of several claims on a listing is approved. */
const ANOTHER_APPROVED = 'Another claim on this listing was approved.';

/** A decision as staff send it. */
export const decisionOf = ({ decision, rejectionReason }: ReviewClaim): ClaimDecision => (decision === 'approved' ? { decision } : { decision, reason: rejectionReason || NOT_ELIGIBLE });

interface Locked {
  claim: Claim;
  listing: Listing;
  /** Everything that waits about this listing, the claim included. */
  waiting: Claim[];
}

/**
 * What staff do with claims (behaviour 2.13, 2.14). Each command locks the listing first and then all claims that wait
 * about it, so that of two approvals at the same moment one finds the other's outcome.
 */
@Injectable()
export class ClaimReviewService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: ReviewQueueFacade,
  ) {}

  /**
   * Takes a claim for oneself, which is the first response. Taking one's own again extends it; after it expired anybody may.
   * @throws ClaimNotFound, ClaimDecided, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  startReview(actor: Reviewer, kind: ClaimKind, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { claim } = await this.lockPending(tx, actor, kind, id);
      await this.queue.claim(tx, actor, kind.reviewKind, id);
      await this.queue.respond(tx, actor, kind.reviewKind, id);
      tx.audit(actor, kind.audit.reviewing, id, { listingId: claim.listingId });
    });
  }

  /**
   * Gives a claim back before one's time with it is over.
   * @throws ClaimNotFound, ClaimDecided, SelfReviewForbidden; ReviewItemClaimed while somebody else is at it
   */
  release(actor: Reviewer, kind: ClaimKind, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.lockPending(tx, actor, kind, id);
      await this.queue.release(tx, actor, kind.reviewKind, id);
    });
  }

  /**
   * Asks the claimant something; the clock stands until the answer (decision 24).
   * @throws ClaimNotFound, ClaimDecided, SelfReviewForbidden; IllegalTransition while an answer is waited for; ReviewItemClaimed
   */
  pause(actor: Reviewer, kind: ClaimKind, id: string, note: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { claim, listing } = await this.lockPending(tx, actor, kind, id);
      if (claim.openQuestion) throw new IllegalTransition('The claimant has not answered the last question yet');
      await this.queue.pause(tx, actor, kind.reviewKind, id);
      const question = { text: note, askedAt: this.clock.now().toISOString(), answer: null, answeredAt: null };
      await tx.manager.update(kind.entity, id, { questions: [...claim.questions, question] });
      tx.audit(actor, kind.audit.paused, id, { listingId: listing.id });
      tx.publish(claimQuestionAsked(about(kind, claim, listing)));
    });
  }

  /**
   * Decides about a claim, once, with all that follows: an approval gives the listing to the claimant and rejects
   * whatever else waits about it.
   * @throws ClaimNotFound, ClaimDecided, SelfReviewForbidden; ClaimContested before its owner was heard; ClinicAlreadyClaimed or
   *   PetServiceAlreadyClaimed when it became somebody else's meanwhile; ReviewItemClaimed while another member of staff is at it; UserNotFound
   *   when the claimant's account was erased this moment
   */
  review(actor: Reviewer, kind: ClaimKind, id: string, outcome: ClaimDecision): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { claim, listing, waiting } = await this.lockPending(tx, actor, kind, id);
      if (ownerIsHeard(claim, listing, this.clock.now())) {
        const decideAfter = claim.decideAfter!.toISOString();
        throw new ClaimContested({ detail: `The present owner has until ${decideAfter} to be heard`, extra: { decideAfter } });
      }
      const approved = outcome.decision === 'approved';
      if (approved && isTaken(claim, listing)) throw new kind.AlreadyClaimed('Somebody else runs this listing by now; take it from them first');
      await this.queue.resolve(tx, actor, kind.reviewKind, id);
      await this.decide(tx, actor, kind, claim, listing, outcome);
      if (!approved) return;
      await kind.give(tx, actor, listing.id, claim.userId);
      for (const other of waiting.filter((one) => one.id !== id)) {
        // Also while somebody else is at it: there is nothing left to decide.
        await this.queue.resolve(tx, SYSTEM, kind.reviewKind, other.id);
        await this.decide(tx, actor, kind, other, listing, { decision: 'rejected', reason: ANOTHER_APPROVED });
      }
    });
  }

  private async decide(tx: Tx, actor: Reviewer, kind: ClaimKind, claim: Claim, listing: Listing, outcome: ClaimDecision): Promise<void> {
    const { decision } = outcome;
    const rejectionReason = outcome.decision === 'rejected' ? outcome.reason : null;
    await tx.manager.update(kind.entity, claim.id, { status: decision, rejectionReason, ...this.reviewer(actor) });
    tx.audit(actor, kind.audit.reviewed, claim.id, { before: { status: claim.status }, after: { status: decision }, reason: rejectionReason, listingId: listing.id, claimantId: claim.userId });
    const lost = decision === 'approved' && listing.ownerId !== claim.userId;
    tx.publish(claimDecided({ ...about(kind, claim, listing), decision, previousOwnerId: lost ? listing.ownerId : null }));
  }

  private async lockPending(tx: Tx, actor: Reviewer, kind: ClaimKind, id: string): Promise<Locked> {
    const found = await tx.manager.findOneBy(kind.entity, { id });
    if (!found) throw new ClaimNotFound();
    const { listingId } = found;
    const listing = await kind.lock(tx, listingId);
    const waiting = await tx.manager.find(kind.entity, { where: { listingId, status: 'pending' }, order: { id: 'ASC' }, lock: { mode: 'for_no_key_update' } });
    const claim = waiting.find((one) => one.id === id);
    if (!claim) throw new ClaimDecided();
    if (hasPart(actor, listing, waiting.map(({ userId }) => userId))) throw new SelfReviewForbidden();
    return { claim, listing, waiting };
  }

  private reviewer(actor: Actor): Pick<Claim, 'reviewedBy' | 'reviewedByStaff' | 'reviewedAt'> {
    return { reviewedBy: userIdOf(actor), reviewedByStaff: actor.kind === 'staff' ? actor.staffId : null, reviewedAt: this.clock.now() };
  }
}

const about = (kind: ClaimKind, { id, userId }: Claim, listing: Listing) => ({ claimId: id, kind: kind.name, listingId: listing.id, listingName: listing.name, userId });
