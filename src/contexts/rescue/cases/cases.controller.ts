import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { tagVersion } from '../../../platform/http/etag.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { JSON_TYPE } from '../../../platform/http/json.js';
import { CursorInvalid, Forbidden, VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { CasePage, CaseView } from './case-views.dto.js';
import { CreateCaseBody, EditCaseBody } from './cases.dto.js';
import { CaseClosed, CaseHasDonations, CaseNotFound, CaseVerifiedByClinic } from './cases.errors.js';
import { CaseListQuery, LocaleQuery } from './cases-list.dto.js';
import { CasesListQueries } from './cases-list.queries.js';
import { CasesQueries } from './cases.queries.js';
import { CasesService } from './cases.service.js';

@ApiTags('Cases')
@Controller('v1/cases')
export class CasesController {
  constructor(
    private readonly service: CasesService,
    private readonly queries: CasesQueries,
    private readonly lists: CasesListQueries,
  ) {}

  /** Lists public cases; every filter given must match. */
  @Get()
  @Optional()
  @Throws(CursorInvalid)
  list(@Viewer() viewer: Actor | null, @Query() query: CaseListQuery): Promise<CasePage> {
    return this.lists.list(query, viewer);
  }

  /** Publishes a case. */
  @Post()
  @User()
  @HttpCode(201)
  @Limited({ scope: 'case.create', points: 5, window: 3_600 })
  @ApiCreatedResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async create(@CurrentActor() actor: UserActor, @Body() body: CreateCaseBody): Promise<string> {
    const id = await this.service.publishCase(actor, body);
    return (await this.queries.document(id, actor)).json;
  }

  /** One case whole, with what the viewer may do and has done. */
  @Get(':id')
  @Optional()
  @Throws(CaseNotFound)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async show(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: LocaleQuery, @Req() request: FastifyRequest): Promise<string> {
    const { json, version } = await this.queries.document(id, viewer, query.locale);
    tagVersion(request, version);
    return json;
  }

  /** Edits a case by its owner: description and story until it closes, everything else until somebody has given. */
  @Patch(':id')
  @User('owner of the case')
  @Throws(CaseNotFound, Forbidden, VersionConflict, CaseClosed, CaseHasDonations, CaseVerifiedByClinic)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async edit(
    @CurrentActor() actor: UserActor,
    @Param('id', IdPipe) id: string,
    @Body() body: EditCaseBody,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<string> {
    await this.service.editCase(actor, id, body, ifMatch);
    return (await this.queries.document(id, actor)).json;
  }
}
