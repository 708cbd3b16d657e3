import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { PersonId } from '../../../platform/auth/person-param.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { UserNotFound } from '../../identity/users/index.js';
import { AchievementPage, PublicAchievementPage } from './achievements.dto.js';
import { AchievementsQueries } from './achievements.queries.js';

@ApiTags('Engagement')
@Controller('v1')
export class AchievementsController {
  constructor(private readonly queries: AchievementsQueries) {}

  /** The own badges, newest first; badges not earned yet are never listed. */
  @Get('me/achievements')
  @User()
  @Throws(CursorInvalid)
  own(@CurrentActor() actor: UserActor, @Query() query: PageQuery): Promise<AchievementPage> {
    return this.queries.ofSelf(actor.userId, query);
  }

  /** A person's badges, newest first. */
  @Get('users/:id/achievements')
  @Optional()
  @Throws(UserNotFound, CursorInvalid)
  ofPerson(@PersonId() id: string, @Query() query: PageQuery): Promise<PublicAchievementPage> {
    return this.queries.ofPerson(id, query);
  }
}
