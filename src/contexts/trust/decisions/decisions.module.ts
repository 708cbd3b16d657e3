import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { ReviewQueueModule } from '../review-queue/index.js';
import { TargetsModule } from '../targets/index.js';
import { Appeal } from './appeal.entity.js';
import { AppealsAdminController } from './appeals.admin.controller.js';
import { AppealsService } from './appeals.service.js';
import { Decision } from './decision.entity.js';
import { DecisionsController } from './decisions.controller.js';
import { decisionsResources } from './decisions.admin.js';
import { DecisionsFacade } from './decisions.facade.js';
import { DecisionsQueries } from './decisions.queries.js';
import { StateReasonsForHiddenCase } from './on-case-hidden.consumer.js';
import { ForgetAppeals } from './on-user-erased.consumer.js';

/** Statements of reasons to whom a decision concerns, and their appeals. */
@Module({
  imports: [TypeOrmModule.forFeature([Decision, Appeal]), BackofficeResourcesModule.forFeature(decisionsResources), ReviewQueueModule, TargetsModule],
  controllers: [DecisionsController, AppealsAdminController],
  providers: [DecisionsFacade, AppealsService, DecisionsQueries, StateReasonsForHiddenCase, ForgetAppeals],
  exports: [DecisionsFacade],
})
export class DecisionsModule {}
