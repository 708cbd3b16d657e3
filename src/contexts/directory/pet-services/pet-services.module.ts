import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { UsersModule } from '../../identity/users/index.js';
import { ReleasePetServices } from './on-user-erased.consumer.js';
import { PetService } from './pet-service.entity.js';
import { PetServicesAdminController } from './pet-services.admin.controller.js';
import { petServicesResource } from './pet-services.admin.js';
import { PetServicesController } from './pet-services.controller.js';
import { PetServicesQueries } from './pet-services.queries.js';
import { PetServicesService } from './pet-services.service.js';

/** Businesses for pets: listed by who runs them, found by everybody (behaviour 2.14). */
@Module({
  imports: [TypeOrmModule.forFeature([PetService]), UsersModule, BackofficeResourcesModule.forFeature([petServicesResource])],
  controllers: [PetServicesController, PetServicesAdminController],
  providers: [PetServicesService, PetServicesQueries, ReleasePetServices],
  exports: [PetServicesService, PetServicesQueries],
})
export class PetServicesModule {}
