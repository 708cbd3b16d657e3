import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { PersonId } from '../../../platform/auth/person-param.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { UserNotFound } from '../../identity/users/index.js';
import { CasePage, SavedCasePage } from './case-views.dto.js';
import { CasePageQuery } from './cases-list.dto.js';
import { CasesListQueries } from './cases-list.queries.js';

@ApiTags('Cases')
@Controller('v1')
export class UserCasesController {
  constructor(private readonly lists: CasesListQueries) {}

  /** Lists the caller's own cases, hidden ones too, newest first. */
  @Get('me/cases')
  @User()
  @Throws(CursorInvalid)
  mine(@CurrentActor() actor: UserActor, @Query() query: CasePageQuery): Promise<CasePage> {
    return this.lists.ofUser(actor.userId, query, actor);
  }

  /** Lists the cases that the caller keeps, last kept first. */
  @Get('me/saved-cases')
  @User()
  @Throws(CursorInvalid)
  saved(@CurrentActor() actor: UserActor, @Query() query: CasePageQuery): Promise<SavedCasePage> {
    return this.lists.savedBy(actor.userId, query);
  }

  /** Lists a person's cases, newest first. */
  @Get('users/:id/cases')
  @Optional()
  @Throws(CursorInvalid, UserNotFound)
  async ofUser(@Viewer() viewer: Actor | null, @PersonId() id: string, @Query() query: CasePageQuery): Promise<CasePage> {
    const page = await this.lists.ofUser(id, query, viewer);
    if (page.items.length === 0 && !(await this.lists.userExists(id))) throw new UserNotFound();
    return page;
  }
}
