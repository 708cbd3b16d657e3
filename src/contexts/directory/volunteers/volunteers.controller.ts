import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, Public, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { EditVolunteer, JoinVolunteers, SetAvailability, SetVolunteerCapabilities, VolunteerPage, VolunteerQuery, VolunteerView } from './volunteers.dto.js';
import { VolunteerNotFound } from './volunteers.errors.js';
import { VolunteersQueries } from './volunteers.queries.js';
import { VolunteersService } from './volunteers.service.js';

@ApiTags('Directory')
@Controller('v1')
export class VolunteersController {
  constructor(
    private readonly queries: VolunteersQueries,
    private readonly volunteers: VolunteersService,
  ) {}

  /** Lists volunteers who are available or busy; who is offline is never listed. */
  @Get('volunteers')
  @Public()
  @Throws(CursorInvalid)
  list(@Query() query: VolunteerQuery): Promise<VolunteerPage> {
    return this.queries.list(query);
  }

  /** Makes the caller a volunteer, offline until they say otherwise; role `user` becomes `volunteer`. A profile that is there is answered as it is. */
  @Post('volunteers')
  @User()
  @HttpCode(201)
  @ApiCreatedResponse({ type: VolunteerView, description: 'The new profile' })
  @ApiOkResponse({ type: VolunteerView, description: 'The profile that the caller has already' })
  async join(@CurrentActor() actor: UserActor, @Body() body: JoinVolunteers, @Res({ passthrough: true }) reply: FastifyReply): Promise<VolunteerView> {
    if (!(await this.volunteers.join(actor, body))) void reply.status(200);
    return this.queries.ofUser(actor.userId);
  }

  /** One volunteer. */
  @Get('volunteers/:id')
  @Public()
  @Throws(VolunteerNotFound)
  get(@Param('id', IdPipe) id: string): Promise<VolunteerView> {
    return this.queries.get(id);
  }

  /** Changes what the own profile says. */
  @Patch('me/volunteer')
  @User()
  @Throws(VolunteerNotFound)
  async edit(@CurrentActor() actor: UserActor, @Body() body: EditVolunteer): Promise<VolunteerView> {
    await this.volunteers.edit(actor, body);
    return this.queries.ofUser(actor.userId);
  }

  /** Says whether the caller can be asked for help. */
  @Put('me/volunteer/availability')
  @User()
  @Throws(VolunteerNotFound)
  async setAvailability(@CurrentActor() actor: UserActor, @Body() { availability }: SetAvailability): Promise<VolunteerView> {
    await this.volunteers.setAvailability(actor, availability);
    return this.queries.ofUser(actor.userId);
  }

  /** Says what the caller can do; it replaces what was said before. */
  @Put('me/volunteer/capabilities')
  @User()
  @Throws(VolunteerNotFound)
  async setCapabilities(@CurrentActor() actor: UserActor, @Body() { capabilities }: SetVolunteerCapabilities): Promise<VolunteerView> {
    await this.volunteers.setCapabilities(actor, capabilities);
    return this.queries.ofUser(actor.userId);
  }
}
