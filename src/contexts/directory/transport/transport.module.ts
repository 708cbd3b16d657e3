import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { VolunteersModule } from '../volunteers/index.js';
import { transportRequestsResource } from './transport.admin.js';
import { TransportController } from './transport.controller.js';
import { TransportRequest } from './transport-request.entity.js';
import { TransportService } from './transport.service.js';

/** Drivers for animals (behaviour 2.20). */
@Module({
  imports: [TypeOrmModule.forFeature([TransportRequest]), BackofficeResourcesModule.forFeature([transportRequestsResource]), CasesModule, VolunteersModule],
  controllers: [TransportController],
  providers: [TransportService],
})
export class TransportModule {}
