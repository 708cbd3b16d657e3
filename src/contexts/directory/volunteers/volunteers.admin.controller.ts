import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { LogActivity, RateVolunteer, SetTopVolunteer, VolunteerView } from './volunteers.dto.js';
import { VolunteerNotFound } from './volunteers.errors.js';
import { VolunteersQueries } from './volunteers.queries.js';
import { VolunteersService } from './volunteers.service.js';

@ApiTags('Staff')
@Controller('v1/admin/volunteers')
@Admin()
@Throws(VolunteerNotFound)
export class VolunteersAdminController {
  constructor(
    private readonly queries: VolunteersQueries,
    private readonly volunteers: VolunteersService,
  ) {}

  /** Marks a top volunteer, or takes the mark away. */
  @Put(':id/top')
  async setTop(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { top }: SetTopVolunteer): Promise<VolunteerView> {
    await this.volunteers.setTop(actor, id, top);
    return this.queries.get(id);
  }

  /** Rates a volunteer, or takes the rating away. */
  @Put(':id/rating')
  async rate(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { rating }: RateVolunteer): Promise<VolunteerView> {
    await this.volunteers.rate(actor, id, rating);
    return this.queries.get(id);
  }

  /** Writes down what a volunteer did; the statistics of the profile count it. */
  @Post(':id/activities')
  @HttpCode(201)
  async logActivity(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: LogActivity): Promise<VolunteerView> {
    await this.volunteers.logActivity(actor, id, body);
    return this.queries.get(id);
  }
}
