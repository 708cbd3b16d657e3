import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ReviewItemClaimed } from '../review-queue/index.js';
import { SanctionUnavailable, SelfReviewForbidden } from '../targets/index.js';
import { CASE_REPORTS } from './report-books.js';
import { ReportReviewService } from './report-review.service.js';
import { AdminCaseReportPage, AdminCaseReportView, CaseReportResolutionBody, CaseReportsQuery } from './reports.dto.js';
import { ReportClosed, ReportNotFound } from './reports.errors.js';
import { ReportsQueries } from './reports.queries.js';

@ApiTags('Staff')
@Controller('v1/admin/reports')
@Admin()
export class ReportsAdminController {
  constructor(
    private readonly service: ReportReviewService,
    private readonly queries: ReportsQueries,
  ) {}

  /** Lists reports about cases: those about cases of high risk first, then the newest; open and reviewing ones unless told otherwise. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: CaseReportsQuery): Promise<AdminCaseReportPage> {
    return this.queries.caseReports(query);
  }

  /** Takes a report for oneself until the claim expires; repeating it extends the claim. Never about one's own case or report. */
  @Post(':id/reviewing')
  @HttpCode(200)
  @Throws(ReportNotFound, ReportClosed, SelfReviewForbidden, ReviewItemClaimed)
  async review(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<AdminCaseReportView> {
    await this.service.startReview(actor, CASE_REPORTS, id);
    return this.queries.caseReport(id);
  }

  /** Decides about a report, once; what follows for the case or its owner happens with it, and the owner is told why. */
  @Post(':id/resolution')
  @HttpCode(200)
  @Throws(ReportNotFound, ReportClosed, SelfReviewForbidden, ReviewItemClaimed, SanctionUnavailable)
  async resolve(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CaseReportResolutionBody): Promise<AdminCaseReportView> {
    await this.service.resolve(actor, CASE_REPORTS, id, body.action, body.notes || null);
    return this.queries.caseReport(id);
  }
}
