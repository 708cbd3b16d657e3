import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { ClinicsModule } from './clinics/index.js';

/** Where help is found: clinics. */
@Module({ imports: [QueueModule.forContext('directory'), ClinicsModule] })
export class DirectoryModule {}
