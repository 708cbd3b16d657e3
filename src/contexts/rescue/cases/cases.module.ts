import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Case } from './case.entity.js';
import { CaseFundingService } from './case-funding.service.js';
import { CaseTranslation } from './case-translation.entity.js';
import { CasesFacade } from './cases.facade.js';
import { CasesQueries } from './cases.queries.js';
import { CasesReader } from './cases.reader.js';
import { ExternalSource } from './external-source.entity.js';

/** Rescue cases: publishing, finding, editing, their funding state and their moderation marks. */
@Module({
  imports: [TypeOrmModule.forFeature([Case, CaseTranslation, ExternalSource])],
  providers: [CasesQueries, CaseFundingService, CasesFacade, CasesReader],
  exports: [CasesFacade, CasesReader],
})
export class CasesModule {}
