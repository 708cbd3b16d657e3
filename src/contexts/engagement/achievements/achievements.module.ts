import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Achievement } from './achievement.entity.js';
import { AchievementsController } from './achievements.controller.js';
import { AchievementsQueries } from './achievements.queries.js';
import { AchievementsService } from './achievements.service.js';
import { AwardOnboardedVolunteer } from './on-onboarding-completed.consumer.js';
import { ForgetAchievements } from './on-user-erased.consumer.js';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { achievementsResource } from './achievements.admin.js';

/** Badges (behaviour 2.19). */
@Module({
  imports: [TypeOrmModule.forFeature([Achievement]), BackofficeResourcesModule.forFeature([achievementsResource])],
  controllers: [AchievementsController],
  providers: [AchievementsService, AchievementsQueries, AwardOnboardedVolunteer, ForgetAchievements],
})
export class AchievementsModule {}
