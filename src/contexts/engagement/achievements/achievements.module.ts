import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Achievement } from './achievement.entity.js';
import { AchievementsController } from './achievements.controller.js';
import { AchievementsQueries } from './achievements.queries.js';
import { AchievementsService } from './achievements.service.js';
import { AwardOnboardedVolunteer } from './on-onboarding-completed.consumer.js';
import { ForgetAchievements } from './on-user-erased.consumer.js';

/** Badges (behaviour 2.19). */
@Module({
  imports: [TypeOrmModule.forFeature([Achievement])],
  controllers: [AchievementsController],
  providers: [AchievementsService, AchievementsQueries, AwardOnboardedVolunteer, ForgetAchievements],
})
export class AchievementsModule {}
