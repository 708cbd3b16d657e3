import { Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { PersonId } from '../../../platform/auth/person-param.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, RateLimited } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { UserNotFound } from '../users/index.js';
import { FollowedPersonPage, FollowView } from './follows.dto.js';
import { SelfFollow } from './follows.errors.js';
import { FollowsQueries } from './follows.queries.js';
import { FollowsService } from './follows.service.js';

@ApiTags('Identity')
@Controller('v1/users/:id')
export class FollowsController {
  constructor(
    private readonly follows: FollowsService,
    private readonly queries: FollowsQueries,
  ) {}

  /** Follows a person; at most 50 new ones a UTC day. */
  @Put('follow')
  @User('not themselves')
  @Throws(SelfFollow, UserNotFound, RateLimited)
  follow(@CurrentActor() actor: UserActor, @PersonId() id: string): Promise<FollowView> {
    return this.follows.follow(actor, id);
  }

  /** Stops following a person. */
  @Delete('follow')
  @User()
  @Throws(UserNotFound)
  unfollow(@CurrentActor() actor: UserActor, @PersonId() id: string): Promise<FollowView> {
    return this.follows.unfollow(actor, id);
  }

  /** Whether the caller follows a person. */
  @Get('follow')
  @Optional()
  @Throws(UserNotFound)
  state(@Viewer() viewer: Actor | null, @PersonId() id: string): Promise<FollowView> {
    return this.follows.state(viewer, id);
  }

  /** Who follows a person. */
  @Get('followers')
  @Optional()
  @Throws(UserNotFound, CursorInvalid)
  followers(@PersonId() id: string, @Query() query: PageQuery): Promise<FollowedPersonPage> {
    return this.queries.list('followers', id, query);
  }

  /** Whom a person follows. */
  @Get('following')
  @Optional()
  @Throws(UserNotFound, CursorInvalid)
  following(@PersonId() id: string, @Query() query: PageQuery): Promise<FollowedPersonPage> {
    return this.queries.list('following', id, query);
  }
}
