import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { AdoptionInterest } from './adoption-interest.entity.js';
import { Adoption } from './adoption.entity.js';
import { adoptionsResources } from './adoptions.admin.js';
import { AdoptionsController } from './adoptions.controller.js';
import { AdoptionsFacade } from './adoptions.facade.js';
import { AdoptionsQueries } from './adoptions.queries.js';
import { AdoptionsService } from './adoptions.service.js';
import { ForgetAdoptions } from './on-user-erased.consumer.js';

/** Homes for animals (behaviour 2.15). */
@Module({
  imports: [TypeOrmModule.forFeature([Adoption, AdoptionInterest]), BackofficeResourcesModule.forFeature(adoptionsResources)],
  controllers: [AdoptionsController],
  providers: [AdoptionsService, AdoptionsQueries, AdoptionsFacade, ForgetAdoptions],
  exports: [AdoptionsFacade],
})
export class AdoptionsModule {}
