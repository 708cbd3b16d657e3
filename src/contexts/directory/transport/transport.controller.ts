import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, Forbidden, RateLimited } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseClosed, CaseNotFound } from '../../rescue/cases/index.js';
import { VolunteerPage } from '../volunteers/index.js';
import { TransportRequestView } from './transport.dto.js';
import { TransportService } from './transport.service.js';

@ApiTags('Cases')
@Controller('v1/cases')
export class TransportController {
  constructor(private readonly transport: TransportService) {}

  /** Lists the volunteers who could drive the animal: free, able to, in the city of the case. Nobody is told. */
  @Get(':id/transport-matches')
  @Optional()
  @Throws(CaseNotFound, CursorInvalid)
  matches(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<VolunteerPage> {
    return this.transport.matches(id, viewer, query);
  }

  /** Asks those volunteers for help; once in 30 minutes a case. That nobody could drive is a success, too. */
  @Post(':id/transport-requests')
  @User('owner of the case, or an admin')
  @HttpCode(201)
  @Throws(CaseNotFound, Forbidden, CaseClosed, RateLimited)
  request(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<TransportRequestView> {
    return this.transport.request(actor, id);
  }
}
