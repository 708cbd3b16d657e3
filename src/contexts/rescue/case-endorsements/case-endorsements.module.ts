import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../cases/index.js';
import { CaseEndorsement } from './case-endorsement.entity.js';
import { caseEndorsementsResource } from './case-endorsements.admin.js';
import { CaseEndorsementsController } from './case-endorsements.controller.js';
import { CaseEndorsementsQueries } from './case-endorsements.queries.js';
import { CaseEndorsementsService } from './case-endorsements.service.js';
import { CaseEndorsementsWorker } from './case-endorsements.worker.js';
import { ForgetEndorsements } from './on-user-erased.consumer.js';

/** People vouch for cases. */
@Module({
  imports: [TypeOrmModule.forFeature([CaseEndorsement]), BackofficeResourcesModule.forFeature([caseEndorsementsResource]), CasesModule],
  controllers: [CaseEndorsementsController],
  providers: [CaseEndorsementsService, CaseEndorsementsQueries, CaseEndorsementsWorker, ForgetEndorsements],
})
export class CaseEndorsementsModule {}
