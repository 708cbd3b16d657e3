import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../cases/index.js';
import { CaseComment } from './case-comment.entity.js';
import { CaseCommentsController } from './case-comments.controller.js';
import { CaseCommentsFacade } from './case-comments.facade.js';
import { CaseCommentsQueries } from './case-comments.queries.js';
import { CaseCommentsService } from './case-comments.service.js';
import { CaseCommentsWorker } from './case-comments.worker.js';
import { caseSocialResources } from './case-social.admin.js';
import { CaseSocialController } from './case-social.controller.js';
import { CaseSocialQueries } from './case-social.queries.js';
import { Like } from './like.entity.js';
import { ForgetMarks } from './on-user-erased.consumer.js';
import { SavedCase } from './saved-case.entity.js';

/** What people put on cases: likes, saves and comments. */
@Module({
  imports: [TypeOrmModule.forFeature([Like, SavedCase, CaseComment]), BackofficeResourcesModule.forFeature(caseSocialResources), CasesModule],
  controllers: [CaseSocialController, CaseCommentsController],
  providers: [CaseSocialQueries, CaseCommentsService, CaseCommentsQueries, CaseCommentsFacade, CaseCommentsWorker, ForgetMarks],
  exports: [CaseCommentsFacade],
})
export class CaseSocialModule {}
