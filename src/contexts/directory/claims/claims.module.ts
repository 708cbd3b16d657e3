import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { ReviewQueueModule } from '../../trust/review-queue/index.js';
import { ClinicsModule } from '../clinics/index.js';
import { PetServicesModule } from '../pet-services/index.js';
import { ClaimKinds } from './claim-kinds.js';
import { ClinicClaim, PetServiceClaim } from './claim.entity.js';
import { ClaimReviewService } from './claim-review.service.js';
import { ClinicClaimsAdminController, PetServiceClaimsAdminController } from './claims.admin.controller.js';
import { claimsResources } from './claims.admin.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsQueries } from './claims.queries.js';
import { ClaimsService } from './claims.service.js';
import { ForgetClaims } from './on-user-erased.consumer.js';

/** Who may run a listing: claimed by people, decided by staff (behaviour 2.13, 2.14). */
@Module({
  imports: [TypeOrmModule.forFeature([ClinicClaim, PetServiceClaim]), ClinicsModule, PetServicesModule, ReviewQueueModule, BackofficeResourcesModule.forFeature(claimsResources)],
  controllers: [ClaimsController, ClinicClaimsAdminController, PetServiceClaimsAdminController],
  providers: [ClaimKinds, ClaimsService, ClaimReviewService, ClaimsQueries, ForgetClaims],
})
export class ClaimsModule {}
