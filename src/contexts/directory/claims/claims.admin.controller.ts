import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CursorInvalid, IllegalTransition, SelfReviewForbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { UserNotFound } from '../../identity/users/index.js';
import { ReviewItemClaimed } from '../../trust/review-queue/index.js';
import { ClaimKinds } from './claim-kinds.js';
import { ClaimReviewService, decisionOf } from './claim-review.service.js';
import { AdminClaimPage, AdminClaimView, ClaimsQuery, PauseClaim, ReviewClaim } from './claims.dto.js';
import { ClaimContested, ClaimDecided, ClaimNotFound, ClinicAlreadyClaimed, PetServiceAlreadyClaimed } from './claims.errors.js';
import { ClaimsQueries } from './claims.queries.js';

const OTHERS = 'nobody who runs or claims the listing';

@ApiTags('Staff')
@Controller('v1/admin/clinic-claims')
@Admin()
export class ClinicClaimsAdminController {
  constructor(
    private readonly reviews: ClaimReviewService,
    private readonly queries: ClaimsQueries,
    private readonly kinds: ClaimKinds,
  ) {}

  /** Lists claims of clinics, newest first; those that wait unless told otherwise. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: ClaimsQuery): Promise<AdminClaimPage> {
    return this.queries.claims(this.kinds.clinic, query);
  }

  /** Takes a claim for oneself for a while, which is the first response to it; repeating it extends the time. */
  @Post(':id/reviewing')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, SelfReviewForbidden, ReviewItemClaimed)
  async startReview(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<AdminClaimView> {
    await this.reviews.startReview(actor, this.kinds.clinic, id);
    return this.queries.claim(this.kinds.clinic, id);
  }

  /** Asks the claimant something; the clock stands until they answer. */
  @Post(':id/pause')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, SelfReviewForbidden, ReviewItemClaimed, IllegalTransition)
  async pause(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { note }: PauseClaim): Promise<AdminClaimView> {
    await this.reviews.pause(actor, this.kinds.clinic, id, note);
    return this.queries.claim(this.kinds.clinic, id);
  }

  /**
   * Decides about a claim, once. Approved, the claimant runs the clinic, which is verified from then on, and gets the role and the
   * verification `clinic`; other claims on it are rejected. Never about one's own clinic or claim.
   */
  @Post(':id/review')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, ClaimContested, ClinicAlreadyClaimed, SelfReviewForbidden, ReviewItemClaimed, UserNotFound)
  async review(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: ReviewClaim): Promise<AdminClaimView> {
    await this.reviews.review(actor, this.kinds.clinic, id, decisionOf(body));
    return this.queries.claim(this.kinds.clinic, id);
  }
}

@ApiTags('Staff')
@Controller('v1/admin/pet-service-claims')
@Admin()
export class PetServiceClaimsAdminController {
  constructor(
    private readonly reviews: ClaimReviewService,
    private readonly queries: ClaimsQueries,
    private readonly kinds: ClaimKinds,
  ) {}

  /** Lists claims of pet services, newest first; those that wait unless told otherwise. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: ClaimsQuery): Promise<AdminClaimPage> {
    return this.queries.claims(this.kinds.petService, query);
  }

  /** Takes a claim for oneself for a while, which is the first response to it; repeating it extends the time. */
  @Post(':id/reviewing')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, SelfReviewForbidden, ReviewItemClaimed)
  async startReview(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<AdminClaimView> {
    await this.reviews.startReview(actor, this.kinds.petService, id);
    return this.queries.claim(this.kinds.petService, id);
  }

  /** Asks the claimant something; the clock stands until they answer. */
  @Post(':id/pause')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, SelfReviewForbidden, ReviewItemClaimed, IllegalTransition)
  async pause(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { note }: PauseClaim): Promise<AdminClaimView> {
    await this.reviews.pause(actor, this.kinds.petService, id, note);
    return this.queries.claim(this.kinds.petService, id);
  }

  /**
   * Decides about a claim, once. Approved, the claimant runs the pet service, which is verified from then on, and is linked to it;
   * other claims on it are rejected, and no role changes. Never about one's own pet service or claim.
   */
  @Post(':id/review')
  @Admin(OTHERS)
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, ClaimContested, PetServiceAlreadyClaimed, SelfReviewForbidden, ReviewItemClaimed, UserNotFound)
  async review(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: ReviewClaim): Promise<AdminClaimView> {
    await this.reviews.review(actor, this.kinds.petService, id, decisionOf(body));
    return this.queries.claim(this.kinds.petService, id);
  }
}
