import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { ClinicsModule } from './clinics/index.js';
import { PetServicesModule } from './pet-services/index.js';

/** Where help is found: clinics. */
@Module({ imports: [QueueModule.forContext('directory'), ClinicsModule, PetServicesModule] })
export class DirectoryModule {}
