import { Injectable } from '@nestjs/common';
import { SYSTEM, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { IllegalTransition, NotAuthenticated, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { REVIEW_PRIORITY, ReviewQueueFacade } from '../../trust/review-queue/index.js';
import { type ClaimKind, ClaimKinds } from './claim-kinds.js';
import type { Claim } from './claim.entity.js';
import type { SubmitClaim } from './claims.dto.js';
import { ClaimDecided, ClaimNotFound } from './claims.errors.js';
import { claimContested, claimSubmitted } from './claims.events.js';
import { ClaimsQueries } from './claims.queries.js';
import { assertMayClaim, clocksOf, contestOf } from './claims.policy.js';

/** People say which clinics and pet services are theirs to run (behaviour 2.13, 2.14). */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kinds: ClaimKinds,
    private readonly queue: ReviewQueueFacade,
    private readonly queries: ClaimsQueries,
  ) {}

  /**
   * Claims a listing. It is locked meanwhile, so that of several claims of one person at once one is taken.
   * @returns id of the claim
   * @throws ClinicNotFound or PetServiceNotFound; ClinicAlreadyClaimed or PetServiceAlreadyClaimed; whatever `assertMayClaim` refuses
   */
  submit(actor: UserActor, kind: ClaimKind, listingId: string, { contested, appealOfClaimId, additionalInfo, ...contact }: SubmitClaim): Promise<string> {
    if (appealOfClaimId && !additionalInfo) throw new ValidationFailed({ errors: [{ path: 'additionalInfo', message: 'an appeal needs new evidence' }] });
    return this.database.transaction(async (tx) => {
      const { userId } = actor;
      const listing = await kind.lock(tx, listingId);
      if (listing.ownerId === userId) throw new kind.AlreadyClaimed('You run this listing already');
      if (listing.ownerId !== null && !contested) throw new kind.AlreadyClaimed();
      const createdAt = this.clock.now();
      assertMayClaim(await tx.manager.findBy(kind.entity, { userId, listingId }), appealOfClaimId, createdAt);

      const id = newId();
      const contest = contestOf(listing, createdAt);
      await tx.manager.insert(kind.entity, { id, userId, listingId, ...contact, additionalInfo: additionalInfo || null, appealOfClaimId, ...contest, createdAt });
      // An erasure that came first would leave this contact data behind; one that comes now waits for the commit, and then finds it.
      if (!(await this.queries.isThere(tx, userId))) throw new NotAuthenticated();
      await this.queue.open(tx, {
        kind: kind.reviewKind,
        sourceId: id,
        target: { context: 'directory', type: kind.name, id: listingId },
        priority: REVIEW_PRIORITY.normal,
        openedAt: createdAt,
        ...clocksOf(kind.fastTrack && listing.is24h, contest),
      });
      tx.audit(actor, kind.audit.submitted, id, { listingId, claimerRole: contact.claimerRole, contested: contest.contestedOwnerId !== null, appealOfClaimId });
      const about = { claimId: id, kind: kind.name, listingId, listingName: listing.name };
      tx.publish(claimSubmitted({ ...about, userId }));
      if (contest.contestedOwnerId) tx.publish(claimContested({ ...about, ownerId: contest.contestedOwnerId, decideAfter: contest.decideAfter!.toISOString() }));
      return id;
    });
  }

  /**
   * Answers what staff asked about one's claim, of either kind; their clock goes on.
   * @throws ClaimNotFound, also for somebody else's; ClaimDecided; IllegalTransition when nothing was asked
   */
  answer(actor: UserActor, id: string, text: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { kind, claim } = await this.lockOwn(tx, actor, id);
      if (claim.status !== 'pending') throw new ClaimDecided();
      const question = claim.openQuestion;
      if (!question) throw new IllegalTransition('Nobody waits for an answer of yours');
      const answered = { ...question, answer: text, answeredAt: this.clock.now().toISOString() };
      await tx.manager.update(kind.entity, id, { questions: [...claim.questions.slice(0, -1), answered] });
      await this.queue.resume(tx, kind.reviewKind, id);
      tx.audit(actor, kind.audit.answered, id, { listingId: claim.listingId });
    });
  }

  /** An erased person claims nothing: what waits is closed, and nobody can be reached by what is left (behaviour 2.27). */
  async forget(tx: Tx, userId: string): Promise<void> {
    for (const { entity, reviewKind, audit } of this.kinds.all) {
      const waiting = await tx.manager.find(entity, { where: { userId, status: 'pending' }, order: { id: 'ASC' }, lock: { mode: 'for_no_key_update' } });
      const after = { status: 'rejected', rejectionReason: 'account erased' } as const;
      for (const { id, listingId } of waiting) {
        await this.queue.resolve(tx, SYSTEM, reviewKind, id);
        await tx.manager.update(entity, id, { ...after, reviewedAt: this.clock.now() });
        tx.audit(SYSTEM, audit.reviewed, id, { before: { status: 'pending' }, after: { status: after.status }, reason: after.rejectionReason, listingId });
      }
      await tx.manager.update(entity, { userId }, { claimerEmail: null, claimerPhone: null, additionalInfo: null, questions: [] });
    }
  }

  private async lockOwn(tx: Tx, { userId }: UserActor, id: string): Promise<{ kind: ClaimKind; claim: Claim }> {
    for (const kind of this.kinds.all) {
      const claim = await tx.lock(kind.entity, { id, userId });
      if (claim) return { kind, claim };
    }
    throw new ClaimNotFound();
  }
}
