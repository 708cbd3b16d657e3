import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Optional, Viewer } from '../../../platform/auth/access.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { PersonId } from '../../../platform/auth/person-param.js';
import { Throws } from '../../../platform/http/throws.js';
import { PublicProfileView, UserStatsView } from './users.dto.js';
import { ProfilePrivate, UserNotFound } from './users.errors.js';
import { UsersQueries } from './users.queries.js';

@ApiTags('Identity')
@Controller('v1/users')
@Optional()
export class UsersController {
  constructor(private readonly queries: UsersQueries) {}

  /** A person's public profile with stats; a private one keeps its details. */
  @Get(':id')
  @Throws(UserNotFound)
  profile(@Viewer() viewer: Actor | null, @PersonId() id: string): Promise<PublicProfileView> {
    return this.queries.profile(viewer, id);
  }

  /** What a person did here. */
  @Get(':id/stats')
  @Throws(UserNotFound, ProfilePrivate)
  stats(@Viewer() viewer: Actor | null, @PersonId() id: string): Promise<UserStatsView> {
    return this.queries.stats(viewer, id);
  }
}
