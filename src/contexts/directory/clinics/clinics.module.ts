import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../../identity/users/index.js';
import { Clinic } from './clinic.entity.js';
import { ClinicsAdminController } from './clinics.admin.controller.js';
import { ClinicsController } from './clinics.controller.js';
import { ClinicsQueries } from './clinics.queries.js';
import { ClinicsService } from './clinics.service.js';
import { ReleaseClinics } from './on-user-erased.consumer.js';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { clinicsResource } from './clinics.admin.js';

/** Veterinary clinics (behaviour 2.12). */
@Module({
  imports: [TypeOrmModule.forFeature([Clinic]), BackofficeResourcesModule.forFeature([clinicsResource]), UsersModule],
  controllers: [ClinicsController, ClinicsAdminController],
  providers: [ClinicsService, ClinicsQueries, ReleaseClinics],
  exports: [ClinicsService],
})
export class ClinicsModule {}
