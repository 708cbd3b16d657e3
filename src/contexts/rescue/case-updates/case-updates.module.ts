import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../cases/index.js';
import { CaseUpdateAttestation } from './case-update-attestation.entity.js';
import { CaseUpdate } from './case-update.entity.js';
import { caseUpdatesResources } from './case-updates.admin.js';
import { CaseUpdatesController } from './case-updates.controller.js';
import { CaseUpdatesFacade } from './case-updates.facade.js';
import { CaseUpdatesQueries } from './case-updates.queries.js';
import { CaseUpdatesService } from './case-updates.service.js';
import { RevokeAttestations } from './on-clinic-ownership-revoked.consumer.js';

/** The evidence trail of cases. */
@Module({
  imports: [TypeOrmModule.forFeature([CaseUpdate, CaseUpdateAttestation]), BackofficeResourcesModule.forFeature(caseUpdatesResources), CasesModule],
  controllers: [CaseUpdatesController],
  providers: [CaseUpdatesService, CaseUpdatesQueries, CaseUpdatesFacade, RevokeAttestations],
  exports: [CaseUpdatesFacade],
})
export class CaseUpdatesModule {}
