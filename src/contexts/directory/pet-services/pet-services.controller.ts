import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Public, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { CursorInvalid, Forbidden, RateLimited, VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClaimablePetServiceQuery, ClaimablePetServices, EditPetService, PetServicePage, PetServiceQuery, PetServiceView, RegisterPetService } from './pet-services.dto.js';
import { PetServiceExists, PetServiceNotFound } from './pet-services.errors.js';
import { PetServicesQueries } from './pet-services.queries.js';
import { PetServicesService } from './pet-services.service.js';

@ApiTags('Directory')
@Controller('v1/pet-services')
export class PetServicesController {
  constructor(
    private readonly queries: PetServicesQueries,
    private readonly services: PetServicesService,
  ) {}

  /** Lists pet services by name; best matches first in a search, nearest first around a place. */
  @Get()
  @Public()
  @Throws(CursorInvalid)
  list(@Query() query: PetServiceQuery): Promise<PetServicePage> {
    return this.queries.list(query);
  }

  /** Registers a pet service, listed at once as unverified; the caller runs it. At most 3 per person. */
  @Post()
  @User()
  @HttpCode(201)
  @Throws(PetServiceExists, RateLimited)
  async register(@CurrentActor() actor: UserActor, @Body() body: RegisterPetService): Promise<PetServiceView> {
    return this.queries.get(await this.services.register(actor, body));
  }

  /** Finds pet services that the caller may want to claim, at most 15; `isClaimed` tells which are run by somebody. */
  @Get('claimable')
  @Public()
  claimable(@Query() query: ClaimablePetServiceQuery): Promise<ClaimablePetServices> {
    return this.queries.claimable(query);
  }

  /** One pet service. */
  @Get(':id')
  @Public()
  @Throws(PetServiceNotFound)
  get(@Param('id', IdPipe) id: string): Promise<PetServiceView> {
    return this.queries.get(id);
  }

  /** Changes a pet service by who runs it, or by an admin; name, type, city and verification by admins alone. */
  @Patch(':id')
  @User()
  @Throws(PetServiceNotFound, Forbidden, VersionConflict, PetServiceExists)
  async edit(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: EditPetService, @IfMatch() ifMatch?: number): Promise<PetServiceView> {
    await this.services.edit(actor, id, body, ifMatch);
    return this.queries.get(id);
  }
}
