import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AdoptionsModule } from './adoptions/index.js';
import { CaseEndorsementsModule } from './case-endorsements/index.js';
import { CaseLifecycleModule } from './case-lifecycle/index.js';
import { CaseSocialModule } from './case-social/index.js';
import { CaseUpdatesModule } from './case-updates/index.js';
import { CasesModule } from './cases/index.js';
import { ShareModule } from './share/index.js';

/** Animals in need: cases, their evidence, their way to an end, and what people make of them. */
@Module({ imports: [QueueModule.forContext('rescue'), CasesModule, CaseUpdatesModule, CaseLifecycleModule, CaseSocialModule, CaseEndorsementsModule, ShareModule, AdoptionsModule] })
export class RescueModule {}
