import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Public, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { CursorInvalid, Forbidden, VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClaimableQuery, ListingQuery } from '../listings/index.js';
import { ClaimableClinics, ClinicPage, ClinicView, EditClinic } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';
import { clinicView, ClinicsQueries } from './clinics.queries.js';
import { ClinicsService } from './clinics.service.js';

@ApiTags('Directory')
@Controller('v1/clinics')
export class ClinicsController {
  constructor(
    private readonly queries: ClinicsQueries,
    private readonly clinics: ClinicsService,
  ) {}

  /** Lists clinics, featured ones first, then by name; best matches first in a search, nearest first around a place. */
  @Get()
  @Public()
  @Throws(CursorInvalid)
  list(@Query() query: ListingQuery): Promise<ClinicPage> {
    return this.queries.list(query);
  }

  /** Finds clinics that the caller may want to claim, at most 15; `isClaimed` tells which are run by somebody. */
  @Get('claimable')
  @Public()
  claimable(@Query() { q }: ClaimableQuery): Promise<ClaimableClinics> {
    return this.queries.claimable(q);
  }

  /** One clinic. */
  @Get(':id')
  @Public()
  @Throws(ClinicNotFound)
  get(@Param('id', IdPipe) id: string): Promise<ClinicView> {
    return this.queries.get(id);
  }

  /** Changes a clinic by who runs it, or by an admin. */
  @Patch(':id')
  @User()
  @Throws(ClinicNotFound, Forbidden, VersionConflict)
  async edit(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: EditClinic, @IfMatch() ifMatch?: number): Promise<ClinicView> {
    return clinicView(await this.clinics.edit(actor, id, body, ifMatch));
  }
}
