import { Body, Controller, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { CompleteOnboarding, MeView, UpdateCapabilities, UpdateProfile } from './users.dto.js';
import { meView, UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';

@ApiTags('Identity')
@Controller('v1/me')
@User()
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly queries: UsersQueries,
  ) {}

  /** The own whole record. */
  @Get()
  get(@CurrentActor() actor: UserActor): Promise<MeView> {
    return this.queries.me(actor.userId);
  }

  /** Changes the own profile. */
  @Patch()
  @Throws(VersionConflict)
  async update(@CurrentActor() actor: UserActor, @Body() body: UpdateProfile, @IfMatch() ifMatch?: number): Promise<MeView> {
    return meView(await this.users.updateProfile(actor, body, ifMatch));
  }

  /** Completes onboarding; calling it again overwrites the answers. */
  @Post('onboarding')
  @HttpCode(200)
  async completeOnboarding(@CurrentActor() actor: UserActor, @Body() body: CompleteOnboarding): Promise<MeView> {
    return meView(await this.users.completeOnboarding(actor, body));
  }

  /** Marks the product tour as taken or dismissed. */
  @Post('product-tour')
  @HttpCode(200)
  async completeProductTour(@CurrentActor() actor: UserActor): Promise<MeView> {
    return meView(await this.users.completeProductTour(actor));
  }

  /** Says what the person does here. */
  @Put('capabilities')
  async updateCapabilities(@CurrentActor() actor: UserActor, @Body() body: UpdateCapabilities): Promise<MeView> {
    return meView(await this.users.updateCapabilities(actor, body));
  }
}
