import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { Case } from './case.entity.js';
import { CaseFundingService } from './case-funding.service.js';
import { CaseLock } from './case-lock.js';
import { CaseRiskPoint } from './case-risk-point.entity.js';
import { CaseRiskService } from './case-risk.service.js';
import { CaseModerationFacade } from './case-moderation.facade.js';
import { CaseModerationService } from './case-moderation.service.js';
import { CaseStageService } from './case-stage.service.js';
import { CaseStreamController } from './case-stream.controller.js';
import { CaseTranslation } from './case-translation.entity.js';
import { CaseVerificationController } from './case-verification.controller.js';
import { CaseVerificationService } from './case-verification.service.js';
import { CasesAdminController } from './cases.admin.controller.js';
import { casesResources } from './cases.admin.js';
import { CasesController } from './cases.controller.js';
import { CasesFacade } from './cases.facade.js';
import { CasesListQueries } from './cases-list.queries.js';
import { CasesQueries } from './cases.queries.js';
import { CasesReader } from './cases.reader.js';
import { CasesService } from './cases.service.js';
import { ExternalSource } from './external-source.entity.js';
import { UserCasesController } from './user-cases.controller.js';

/** Rescue cases: publishing, finding, watching, editing, their funding state and what staff decide about them. */
@Module({
  imports: [TypeOrmModule.forFeature([Case, CaseRiskPoint, CaseTranslation, ExternalSource]), BackofficeResourcesModule.forFeature(casesResources)],
  controllers: [CasesController, UserCasesController, CaseStreamController, CaseVerificationController, CasesAdminController],
  providers: [
    CasesQueries,
    CasesListQueries,
    CaseLock,
    CaseRiskService,
    CaseVerificationService,
    CasesService,
    CaseStageService,
    CaseFundingService,
    CaseModerationService,
    CaseModerationFacade,
    CasesFacade,
    CasesReader,
  ],
  exports: [CasesFacade, CaseModerationFacade, CasesReader],
})
export class CasesModule {}
