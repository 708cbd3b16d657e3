import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { ClaimsModule } from './claims/index.js';
import { ClinicsModule } from './clinics/index.js';
import { PetServicesModule } from './pet-services/index.js';
import { TransportModule } from './transport/index.js';
import { VolunteersModule } from './volunteers/index.js';

/** Where help is found, who runs it, and who helps. */
@Module({ imports: [QueueModule.forContext('directory'), ClinicsModule, PetServicesModule, ClaimsModule, VolunteersModule, TransportModule] })
export class DirectoryModule {}
