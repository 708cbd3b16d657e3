import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ReviewItemClaimed } from '../review-queue/index.js';
import { SanctionUnavailable, SelfReviewForbidden } from '../targets/index.js';
import { COMMUNITY_REPORTS } from './report-books.js';
import { ReportReviewService } from './report-review.service.js';
import { AdminCommunityReportPage, AdminCommunityReportView, CommunityReportResolutionBody, CommunityReportsQuery } from './reports.dto.js';
import { ReportClosed, ReportNotFound } from './reports.errors.js';
import { ReportsQueries } from './reports.queries.js';

@ApiTags('Staff')
@Controller('v1/admin/community-reports')
@Admin()
export class CommunityReportsAdminController {
  constructor(
    private readonly service: ReportReviewService,
    private readonly queries: ReportsQueries,
  ) {}

  /** Lists reports about what people wrote, newest first; open and reviewing ones unless told otherwise. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: CommunityReportsQuery): Promise<AdminCommunityReportPage> {
    return this.queries.communityReports(query);
  }

  /** Takes a report for oneself until the claim expires; repeating it extends the claim. Never about what one wrote or reported. */
  @Post(':id/reviewing')
  @HttpCode(200)
  @Throws(ReportNotFound, ReportClosed, SelfReviewForbidden, ReviewItemClaimed)
  async review(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<AdminCommunityReportView> {
    await this.service.startReview(actor, COMMUNITY_REPORTS, id);
    return this.queries.communityReport(id);
  }

  /** Decides about a report, once; what follows for the content or its author happens with it, and the author is told why. */
  @Post(':id/resolution')
  @HttpCode(200)
  @Throws(ReportNotFound, ReportClosed, SelfReviewForbidden, ReviewItemClaimed, SanctionUnavailable)
  async resolve(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CommunityReportResolutionBody): Promise<AdminCommunityReportView> {
    await this.service.resolve(actor, COMMUNITY_REPORTS, id, body.action, body.notes || null);
    return this.queries.communityReport(id);
  }
}
