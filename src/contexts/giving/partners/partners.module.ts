import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { Partner } from './partner.entity.js';
import { partnersResource } from './partners.admin.js';
import { PartnersAdminController } from './partners.admin.controller.js';
import { PartnersController } from './partners.controller.js';
import { PartnersQueries } from './partners.queries.js';
import { PartnersService } from './partners.service.js';

/** Organisations that support the platform (behaviour 2.11). */
@Module({
  imports: [TypeOrmModule.forFeature([Partner]), BackofficeResourcesModule.forFeature([partnersResource])],
  controllers: [PartnersController, PartnersAdminController],
  providers: [PartnersService, PartnersQueries],
})
export class PartnersModule {}
