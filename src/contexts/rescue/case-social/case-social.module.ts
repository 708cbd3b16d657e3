import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CaseComment } from './case-comment.entity.js';
import { CaseEndorsement } from './case-endorsement.entity.js';
import { caseSocialResources } from './case-social.admin.js';
import { CaseSocialController } from './case-social.controller.js';
import { CaseSocialQueries } from './case-social.queries.js';
import { Like } from './like.entity.js';
import { ForgetMarks } from './on-user-erased.consumer.js';
import { SavedCase } from './saved-case.entity.js';

/** What people put on cases: likes, saves, comments and endorsements. */
@Module({
  imports: [TypeOrmModule.forFeature([Like, SavedCase, CaseComment, CaseEndorsement]), BackofficeResourcesModule.forFeature(caseSocialResources)],
  controllers: [CaseSocialController],
  providers: [CaseSocialQueries, ForgetMarks],
})
export class CaseSocialModule {}
