import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { CasesModule } from './cases/index.js';

/** Animals in need: cases, their evidence and what people make of them. */
@Module({ imports: [QueueModule.forContext('rescue'), CasesModule] })
export class RescueModule {}
