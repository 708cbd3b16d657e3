import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound, CasesReader, CaseUpdateView } from '../cases/index.js';
import { AddUpdateBody, CaseUpdatePage, RetractUpdateBody } from './case-updates.dto.js';
import { CaseUpdateNotFound } from './case-updates.errors.js';
import { CaseUpdatesQueries } from './case-updates.queries.js';
import { CaseUpdatesService } from './case-updates.service.js';

@ApiTags('Cases')
@Controller('v1')
export class CaseUpdatesController {
  constructor(
    private readonly service: CaseUpdatesService,
    private readonly queries: CaseUpdatesQueries,
    private readonly cases: CasesReader,
  ) {}

  /** Lists the evidence trail of a case, oldest first. */
  @Get('cases/:id/updates')
  @Optional()
  @Throws(CaseNotFound, CursorInvalid)
  async list(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<CaseUpdatePage> {
    await this.cases.assertVisible(id, viewer);
    return this.queries.page(id, query);
  }

  /** Adds to the evidence trail: the owner, the linked clinic's owner or an admin. */
  @Post('cases/:id/updates')
  @User('owner of the case, owner of its clinic, or an admin')
  @HttpCode(201)
  @Throws(CaseNotFound, Forbidden)
  add(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: AddUpdateBody): Promise<CaseUpdateView> {
    return this.service.addUpdate(actor, id, body);
  }

  /** Takes an entry of the evidence trail back; its place stays and its content goes from every public answer. */
  @Post('admin/case-updates/:id/retraction')
  @Admin()
  @HttpCode(200)
  @Throws(CaseUpdateNotFound)
  retract(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: RetractUpdateBody): Promise<CaseUpdateView> {
    return this.service.retract(actor, id, body.reason);
  }
}
