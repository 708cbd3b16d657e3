import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, IllegalTransition } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClinicNotFound } from '../clinics/index.js';
import { PetServiceNotFound } from '../pet-services/index.js';
import { ClaimKinds } from './claim-kinds.js';
import { AnswerQuestion, OwnClaimPage, OwnClaimView, SubmitClaim } from './claims.dto.js';
import { ClaimAppealExists, ClaimAppealWindowClosed, ClaimDecided, ClaimNotFound, ClaimPending, ClaimTooSoon, ClinicAlreadyClaimed, PetServiceAlreadyClaimed } from './claims.errors.js';
import { ClaimsQueries } from './claims.queries.js';
import { ClaimsService } from './claims.service.js';

@ApiTags('Directory')
@Controller('v1')
@User()
export class ClaimsController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly queries: ClaimsQueries,
    private readonly kinds: ClaimKinds,
  ) {}

  /**
   * Claims a clinic as the caller's to run; staff decide. Several people may claim one clinic, each once at a time.
   *
   * One that somebody runs is claimed with `contested`: they are told and have 7 days to be heard. A rejection may be appealed
   * against once within 7 days, with new evidence; after a rejected appeal the next claim on this clinic is possible in 30 days.
   */
  @Post('clinics/:id/claims')
  @HttpCode(201)
  @Throws(ClinicNotFound, ClinicAlreadyClaimed, ClaimPending, ClaimTooSoon, ClaimAppealExists, ClaimAppealWindowClosed)
  async claimClinic(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: SubmitClaim): Promise<OwnClaimView> {
    return this.queries.claimOf(actor.userId, await this.claims.submit(actor, this.kinds.clinic, id, body));
  }

  /** Claims a pet service as the caller's to run; the rules are those of clinics. */
  @Post('pet-services/:id/claims')
  @HttpCode(201)
  @Throws(PetServiceNotFound, PetServiceAlreadyClaimed, ClaimPending, ClaimTooSoon, ClaimAppealExists, ClaimAppealWindowClosed)
  async claimPetService(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: SubmitClaim): Promise<OwnClaimView> {
    return this.queries.claimOf(actor.userId, await this.claims.submit(actor, this.kinds.petService, id, body));
  }

  /** Lists what the caller claimed, clinics and pet services, newest first. */
  @Get('me/claims')
  @Throws(CursorInvalid)
  list(@CurrentActor() actor: UserActor, @Query() query: PageQuery): Promise<OwnClaimPage> {
    return this.queries.claimsOf(actor.userId, query);
  }

  /** Answers the last question of staff about a claim of the caller's, of either kind; their time to decide goes on. */
  @Post('claims/:id/answers')
  @User('who made the claim')
  @HttpCode(200)
  @Throws(ClaimNotFound, ClaimDecided, IllegalTransition)
  async answer(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { text }: AnswerQuestion): Promise<OwnClaimView> {
    await this.claims.answer(actor, id, text);
    return this.queries.claimOf(actor.userId, id);
  }
}
