import { Module } from '@nestjs/common';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CaseUpdatesModule } from '../case-updates/index.js';
import { CasesModule } from '../cases/index.js';
import { caseLifecycleActions } from './case-lifecycle.admin.js';
import { CaseLifecycleController } from './case-lifecycle.controller.js';
import { CaseLifecycleService } from './case-lifecycle.service.js';
import { CaseTakedownFacade } from './case-takedown.facade.js';
import { CloseCases } from './on-user-erased.consumer.js';

/** The way of a case from treatment to its end. */
@Module({
  imports: [CasesModule, CaseUpdatesModule, BackofficeResourcesModule.forFeature([], [caseLifecycleActions])],
  controllers: [CaseLifecycleController],
  providers: [CaseLifecycleService, CaseTakedownFacade, CloseCases],
  exports: [CaseTakedownFacade],
})
export class CaseLifecycleModule {}
