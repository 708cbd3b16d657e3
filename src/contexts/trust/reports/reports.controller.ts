import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, RateLimited } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { AdoptionNotFound } from '../../rescue/adoptions/index.js';
import { CommentNotFound } from '../../rescue/case-social/index.js';
import { CaseNotFound } from '../../rescue/cases/index.js';
import { CaseReportBody, CommunityReportBody, OwnReportPage, OwnReportView } from './reports.dto.js';
import { ReportsQueries } from './reports.queries.js';
import { type Filed, ReportsService } from './reports.service.js';

@ApiTags('Reports')
@Controller('v1')
@User()
export class ReportsController {
  constructor(
    private readonly service: ReportsService,
    private readonly queries: ReportsQueries,
  ) {}

  /** Reports a case to staff: 10 in a UTC day. While the caller's report about it waits, that one is answered again and costs nothing. */
  @Post('cases/:id/reports')
  @HttpCode(201)
  @ApiCreatedResponse({ type: OwnReportView, description: 'The new report' })
  @ApiOkResponse({ type: OwnReportView, description: 'The report that the caller made before and that still waits' })
  @Throws(CaseNotFound, RateLimited)
  async reportCase(
    @CurrentActor() actor: UserActor,
    @Param('id', IdPipe) id: string,
    @Body() body: CaseReportBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnReportView> {
    return this.answer(actor, await this.service.reportCase(actor, id, { reason: body.reason, details: body.details || null }), reply);
  }

  /** Reports a comment on a case to staff: 6 in 10 minutes. While the caller's report about it waits, that one is answered again and costs nothing. */
  @Post('comments/:id/reports')
  @HttpCode(201)
  @ApiCreatedResponse({ type: OwnReportView, description: 'The new report' })
  @ApiOkResponse({ type: OwnReportView, description: 'The report that the caller made before and that still waits' })
  @Throws(CommentNotFound, RateLimited)
  async reportComment(
    @CurrentActor() actor: UserActor,
    @Param('id', IdPipe) id: string,
    @Body() body: CommunityReportBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnReportView> {
    return this.answer(actor, await this.service.reportContent(actor, 'case_comment', id, { reason: body.reason, details: body.details || null }), reply);
  }

  /** Reports an adoption listing to staff: 6 in 10 minutes, with comments and the like. While the caller's report about it waits, that one is answered again and costs nothing. */
  @Post('adoptions/:id/reports')
  @HttpCode(201)
  @ApiCreatedResponse({ type: OwnReportView, description: 'The new report' })
  @ApiOkResponse({ type: OwnReportView, description: 'The report that the caller made before and that still waits' })
  @Throws(AdoptionNotFound, RateLimited)
  async reportAdoption(
    @CurrentActor() actor: UserActor,
    @Param('id', IdPipe) id: string,
    @Body() body: CommunityReportBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnReportView> {
    return this.answer(actor, await this.service.reportContent(actor, 'adoption', id, { reason: body.reason, details: body.details || null }), reply);
  }

  /** Lists what the caller reported, newest first, and how far it is. */
  @Get('me/reports')
  @Throws(CursorInvalid)
  ownReports(@CurrentActor() actor: UserActor, @Query() query: PageQuery): Promise<OwnReportPage> {
    return this.queries.reportsOf(actor.userId, query);
  }

  private answer(actor: UserActor, { id, created }: Filed, reply: FastifyReply): Promise<OwnReportView> {
    if (!created) void reply.status(200);
    return this.queries.reportOf(actor.userId, id);
  }
}
