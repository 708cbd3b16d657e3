import { Module } from '@nestjs/common';
import { UsersModule } from '../../identity/users/index.js';
import { CaseLifecycleModule } from '../../rescue/case-lifecycle/index.js';
import { CaseSocialModule } from '../../rescue/case-social/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { AdoptionsModule } from '../../rescue/adoptions/index.js';
import { AdoptionTarget } from './adoption.target.js';
import { CaseCommentTarget } from './case-comment.target.js';
import { CaseTarget } from './case.target.js';
import { ModerationTargets } from './moderation-targets.js';

/** What can be moderated, and how. */
@Module({
  imports: [CasesModule, CaseLifecycleModule, CaseSocialModule, AdoptionsModule, UsersModule],
  providers: [CaseTarget, CaseCommentTarget, AdoptionTarget, ModerationTargets],
  exports: [ModerationTargets],
})
export class TargetsModule {}
