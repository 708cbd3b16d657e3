import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, Optional, Public, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, Forbidden, IllegalTransition, RateLimited, VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { AdoptionPage, AdoptionQuery, AdoptionView, EditAnimal, InterestView, ListAnimal, MoveAdoption, RemoveAnimal } from './adoptions.dto.js';
import { AdoptionNotFound, AlreadyAdopted, SelfInterest } from './adoptions.errors.js';
import { AdoptionsQueries } from './adoptions.queries.js';
import { AdoptionsService } from './adoptions.service.js';

@ApiTags('Directory')
@Controller('v1')
export class AdoptionsController {
  constructor(
    private readonly queries: AdoptionsQueries,
    private readonly adoptions: AdoptionsService,
  ) {}

  /** Lists animals that look for a home, newest first; with `status` those that are reserved or found one. */
  @Get('adoptions')
  @Public()
  @Throws(CursorInvalid)
  list(@Query() query: AdoptionQuery): Promise<AdoptionPage> {
    return this.queries.list(query);
  }

  /** Lists an animal that looks for a home. */
  @Post('adoptions')
  @User()
  @HttpCode(201)
  async create(@CurrentActor() actor: UserActor, @Body() body: ListAnimal): Promise<AdoptionView> {
    return this.queries.get(await this.adoptions.list(actor, body), actor);
  }

  /** One listing, adopted ones too; a removed one for admins only. */
  @Get('adoptions/:id')
  @Optional()
  @Throws(AdoptionNotFound)
  get(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string): Promise<AdoptionView> {
    return this.queries.get(id, viewer);
  }

  /** Changes what a listing says. */
  @Patch('adoptions/:id')
  @User('who lists the animal, or an admin')
  @Throws(AdoptionNotFound, Forbidden, VersionConflict)
  async edit(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: EditAnimal, @IfMatch() ifMatch?: number): Promise<AdoptionView> {
    await this.adoptions.edit(actor, id, body, ifMatch);
    return this.queries.get(id, actor);
  }

  /** Moves an adoption on: reserved, given, or back on the list. */
  @Post('adoptions/:id/status')
  @User('who lists the animal, or an admin')
  @HttpCode(200)
  @Throws(AdoptionNotFound, Forbidden, IllegalTransition)
  async move(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { status }: MoveAdoption): Promise<AdoptionView> {
    await this.adoptions.moveTo(actor, id, status);
    return this.queries.get(id, actor);
  }

  /** Removes a listing from everybody but admins. */
  @Delete('adoptions/:id')
  @User('who lists the animal, or an admin')
  @HttpCode(204)
  @Throws(AdoptionNotFound, Forbidden)
  async remove(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body?: RemoveAnimal): Promise<void> {
    await this.adoptions.remove(actor, id, body?.reason || null);
  }

  /** Says that the caller would take the animal in; the lister is told once, without a way to reach the caller. At most 5 animals a UTC day. */
  @Post('adoptions/:id/interest')
  @User('anybody but who lists the animal')
  @HttpCode(201)
  @ApiCreatedResponse({ type: InterestView, description: 'The lister is told' })
  @ApiOkResponse({ type: InterestView, description: 'The caller has said so before; nobody is told again' })
  @Throws(AdoptionNotFound, SelfInterest, AlreadyAdopted, RateLimited)
  async expressInterest(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<InterestView> {
    const { created, view } = await this.adoptions.expressInterest(actor, id);
    if (!created) void reply.status(200);
    return view;
  }

  /** Lists the caller's own listings of every status, newest first. */
  @Get('me/adoptions')
  @User()
  @Throws(CursorInvalid)
  own(@CurrentActor() actor: UserActor, @Query() query: PageQuery): Promise<AdoptionPage> {
    return this.queries.ofUser(actor.userId, query);
  }
}
