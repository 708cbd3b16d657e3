import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { UsersModule } from '../../identity/users/index.js';
import { CountVolunteerDonation } from './on-donation-completed.consumer.js';
import { FollowVolunteerCity } from './on-onboarding-completed.consumer.js';
import { ForgetVolunteer } from './on-user-erased.consumer.js';
import { VolunteerActivity } from './volunteer-activity.entity.js';
import { Volunteer } from './volunteer.entity.js';
import { VolunteersAdminController } from './volunteers.admin.controller.js';
import { volunteersResources } from './volunteers.admin.js';
import { VolunteersController } from './volunteers.controller.js';
import { VolunteersQueries } from './volunteers.queries.js';
import { VolunteersReader } from './volunteers.reader.js';
import { VolunteersService } from './volunteers.service.js';

/** People who help, and what they did (behaviour 2.20). */
@Module({
  imports: [TypeOrmModule.forFeature([Volunteer, VolunteerActivity]), BackofficeResourcesModule.forFeature(volunteersResources), UsersModule],
  controllers: [VolunteersController, VolunteersAdminController],
  providers: [VolunteersService, VolunteersQueries, VolunteersReader, ForgetVolunteer, FollowVolunteerCity, CountVolunteerDonation],
  exports: [VolunteersReader],
})
export class VolunteersModule {}
