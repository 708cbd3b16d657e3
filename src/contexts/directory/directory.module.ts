import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { ClaimsModule } from './claims/index.js';
import { ClinicsModule } from './clinics/index.js';
import { PetServicesModule } from './pet-services/index.js';

/** Where help is found, and who runs it. */
@Module({ imports: [QueueModule.forContext('directory'), ClinicsModule, PetServicesModule, ClaimsModule] })
export class DirectoryModule {}
