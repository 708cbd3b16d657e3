import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { DecisionsModule } from '../decisions/index.js';
import { ReviewQueueModule } from '../review-queue/index.js';
import { TargetsModule } from '../targets/index.js';
import { CommunityReportsAdminController } from './community-reports.admin.controller.js';
import { FollowRisk } from './on-case-risk-changed.consumer.js';
import { ReportRiskyCase } from './on-case-risk-raised.consumer.js';
import { ForgetReporter } from './on-user-erased.consumer.js';
import { CaseReport, CommunityReport } from './report.entity.js';
import { ReportReviewService } from './report-review.service.js';
import { ReportsAdminController } from './reports.admin.controller.js';
import { reportsResources } from './reports.admin.js';
import { ReportsController } from './reports.controller.js';
import { ReportsQueries } from './reports.queries.js';
import { reportsOfCase } from './reports.sections.js';
import { ReportsService } from './reports.service.js';
import { ReportsWorker } from './reports.worker.js';

/** What people and rules report, and what staff decide about it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([CaseReport, CommunityReport]),
    BackofficeResourcesModule.forFeature(reportsResources, [reportsOfCase]),
    ReviewQueueModule,
    TargetsModule,
    DecisionsModule,
  ],
  controllers: [ReportsController, ReportsAdminController, CommunityReportsAdminController],
  providers: [ReportsService, ReportReviewService, ReportsQueries, ReportsWorker, ReportRiskyCase, FollowRisk, ForgetReporter],
})
export class ReportsModule {}
